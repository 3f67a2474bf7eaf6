package io.broadsheet.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param rule which, in a word: {@code spf}, {@code dkim}, {@code dmarc}, {@code reverse-dns}, {@code tls} …
 * @param about the domain, host, key or provider
 * @param found what is so, in a few words
 * @param mend what to do; absent when there is nothing to do
 * @param wantedBy the providers that refuse or sort out mail without it; empty: nobody does, it is law or good manners
 */
public record Finding(
        String rule,
        String about,
        Verdict verdict,
        String found,
        @Nullable String mend,
        List<String> wantedBy) {
    /** How it stands. */
    public enum Verdict {
        PASS,
        FAIL,
        /** It can't be seen from here; the mend says how to see it. */
        UNSEEN
    }

    /** All three demand it of whoever sends much. */
    static final List<String> ALL = List.of("gmail", "yahoo", "microsoft");

    public Finding {
        wantedBy = List.copyOf(wantedBy);
    }

    static Finding pass(String rule, String about, String found, List<String> wantedBy) {
        return new Finding(rule, about, Verdict.PASS, found, null, wantedBy);
    }

    static Finding fail(String rule, String about, String found, String mend, List<String> wantedBy) {
        return new Finding(rule, about, Verdict.FAIL, found, mend, wantedBy);
    }

    static Finding unseen(String rule, String about, String found, String mend, List<String> wantedBy) {
        return new Finding(rule, about, Verdict.UNSEEN, found, mend, wantedBy);
    }
}
