package io.broadsheet.article;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as identity compares it: the set of its runs of four words, and apart from them what templates fill in. Where words are written without
 * spaces a character counts as a word.
 *
 * @param hashes of the runs, distinct, ascending
 * @param lead hash of how the text begins; 0 for an empty one
 * @param words how many were looked at
 * @param figures words with a digit in them, and names of months and weekdays
 * @param names folded words that begin with a capital within a sentence
 */
record Shingles(long[] hashes, long lead, int words, Set<String> figures, Set<String> names) {
    private static final int RUN = 4;

    /** Its first lines tell a book from another. */
    private static final int WORDS_MAX = 20_000;

    private static final int LEAD_WORDS = 8;

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /** Not "may" nor "march", which are words of other use as well. */
    private static final Set<String> DAYS = Set.of(
            ("january february april june july august september october november december monday tuesday wednesday thursday"
                            + " friday saturday sunday januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag"
                            + " freitag samstag sonntag janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi"
                            + " mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto septiembre"
                            + " octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo")
                    .split(" "));

    /** @param text plain, without furniture */
    static Shingles of(String text) {
        long[] words = new long[Math.min(WORDS_MAX, text.length())];
        int count = 0;
        Set<String> figures = new HashSet<>();
        for (String word : Folding.words(text).strip().split(" ", WORDS_MAX + 1)) {
            if (count == words.length || word.isEmpty() || word.indexOf(' ') >= 0) {
                break;
            }
            if (isFigure(word)) {
                figures.add(word);
            }
            if (!Folding.isUnspaced(word)) {
                words[count++] = hash(word);
                continue;
            }
            for (int point : word.codePoints().toArray()) {
                if (count < words.length) {
                    words[count++] = mix(point);
                }
            }
        }
        return new Shingles(runs(words, count), lead(words, count), count, figures, names(text));
    }

    private static boolean isFigure(String word) {
        return word.codePoints().anyMatch(Character::isDigit) || DAYS.contains(word);
    }

    private static long[] runs(long[] words, int count) {
        if (count == 0) {
            return new long[0];
        }
        int runs = Math.max(1, count - RUN + 1);
        long[] hashes = new long[runs];
        for (int at = 0; at < runs; at++) {
            hashes[at] = run(words, at, Math.min(count, at + RUN));
        }
        Arrays.sort(hashes);
        int distinct = 0;
        for (int at = 0; at < runs; at++) {
            if (at == 0 || hashes[at] != hashes[at - 1]) {
                hashes[distinct++] = hashes[at];
            }
        }
        return Arrays.copyOf(hashes, distinct);
    }

    private static long run(long[] words, int from, int to) {
        long hash = to - from;
        for (int at = from; at < to; at++) {
            hash = mix(hash * 31 + words[at]);
        }
        return hash;
    }

    private static long lead(long[] words, int count) {
        return count == 0 ? 0 : run(words, 0, Math.min(count, LEAD_WORDS));
    }

    /** In scripts without capitals there are none. What begins a sentence may be any word. */
    private static Set<String> names(String text) {
        Set<String> names = new HashSet<>();
        Matcher token = TOKEN.matcher(text);
        int before = 0;
        for (int count = 0; count < WORDS_MAX && token.find(); count++) {
            boolean within = before > 0 && isWithinSentence(text, before, token.start());
            before = token.end();
            if (within && Character.isUpperCase(token.group().codePointAt(0))) {
                names.add(Folding.letters(token.group()).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean isWithinSentence(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (".!?:\n\u201c\u201d\"".indexOf(text.charAt(at)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Of a folded word; the same in every process, since it is stored. */
    static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < word.length(); at++) {
            hash = (hash ^ word.charAt(at)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** Spreads each bit over all (the finisher of MurmurHash3). */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** How many runs both have. */
    int shared(Shingles other) {
        int shared = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < hashes.length && theirs < other.hashes.length) {
            if (hashes[mine] == other.hashes[theirs]) {
                shared++;
                mine++;
                theirs++;
            } else if (hashes[mine] < other.hashes[theirs]) {
                mine++;
            } else {
                theirs++;
            }
        }
        return shared;
    }

    /** The distinct words of a headline, folded. */
    static List<String> title(String title) {
        List<String> words = new ArrayList<>();
        for (String word : Folding.words(title).strip().split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            if (Folding.isUnspaced(word)) {
                word.codePoints().mapToObj(Character::toString).forEach(words::add);
            } else {
                words.add(word);
            }
        }
        return words.stream().distinct().toList();
    }
}
