package io.broadsheet.dkim;

import io.broadsheet.dns.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What DNS says about a key of ours, and whether a verifier can use it (RFC 6376 §3.6.1).
 *
 * @param passed whether what the key signs can be verified
 * @param found what is there, in a few words
 * @param mend what to do; absent when there is nothing to do
 */
public record PublishedKey(
        DkimKey key, boolean passed, String found, @Nullable String mend) {
    static PublishedKey of(DkimKey key, Answer<String> answer) {
        String name = key.record().name();
        if (answer.isTrouble()) {
            return new PublishedKey(key, false, "DNS gave no answer: " + answer.why(), "try again, or set dns.servers");
        }
        List<String> texts =
                answer.values().stream().filter(text -> text.contains("p=")).toList();
        if (texts.isEmpty()) {
            return new PublishedKey(
                    key, false, "no record is published", "publish what 'broadsheet dkim show' prints under " + name);
        }
        if (texts.size() > 1) {
            return new PublishedKey(
                    key,
                    false,
                    texts.size() + " records are published, of which a verifier takes any",
                    "keep the one that 'broadsheet dkim show' prints");
        }
        return read(key, texts.get(0));
    }

    private static PublishedKey read(DkimKey key, String text) {
        Map<String, String> tags = tags(text);
        Map<String, String> ours = tags(key.record().text());
        String published = tags.getOrDefault("p", "");
        List<String> wrong = new ArrayList<>();
        if (!"DKIM1".equals(tags.getOrDefault("v", "DKIM1"))) {
            wrong.add("it says v=" + tags.get("v"));
        }
        if (published.isEmpty()) {
            wrong.add("the key is revoked");
        } else if (!tags.getOrDefault("k", "rsa").equals(ours.get("k"))) {
            wrong.add("it says k=" + tags.getOrDefault("k", "rsa") + ", and ours is " + ours.get("k"));
        } else if (!published.equals(ours.get("p"))) {
            wrong.add(
                    String.valueOf(ours.get("p")).startsWith(published)
                            ? "the key is cut off; a string of a TXT record holds 255 octets, so write it in several"
                            : "another key is published");
        }
        if (!names(tags.getOrDefault("h", "sha256"), "sha256")) {
            wrong.add("it forbids SHA-256 (h=)");
        }
        if (!names(tags.getOrDefault("s", "*"), "email") && !names(tags.getOrDefault("s", "*"), "*")) {
            wrong.add("it is not for mail (s=)");
        }
        if (!wrong.isEmpty()) {
            return new PublishedKey(
                    key,
                    false,
                    String.join("; ", wrong),
                    "publish what 'broadsheet dkim show' prints, or sign with the published key");
        }
        return names(tags.getOrDefault("t", ""), "y")
                ? new PublishedKey(
                        key, true, "published, for testing only (t=y)", "remove t=y once mail arrives signed")
                : new PublishedKey(key, true, "published", null);
    }

    private static boolean names(String list, String word) {
        return List.of(list.split(":")).contains(word);
    }

    /** Tag lists of RFC 6376 §3.2; blanks within a value, which some panels put into long keys, don't count. */
    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new TreeMap<>();
        for (String tag : text.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        tag.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        tag.substring(equals + 1).replaceAll("\\s", ""));
            }
        }
        return tags;
    }
}
