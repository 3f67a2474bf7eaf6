package io.broadsheet.article;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Text as it is compared: blind to case, accents, width and punctuation. */
final class Folding {
    /** Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. Those of Indic scripts tell words apart, and stay. */
    private static final Pattern ACCENTS =
            Pattern.compile("[\\u0300-\\u036F\\u0591-\\u05BD\\u05BF-\\u05C7\\u064B-\\u065F\\u0670]");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    /** Scripts that are written without spaces between words. */
    private static final Pattern UNSPACED = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]");

    /** Letters that Unicode does not take apart, though readers type the plain one. */
    private static final Map<Integer, String> PLAIN = Map.of(
            (int) 'ø', "o", (int) 'ł', "l", (int) 'đ', "d", (int) 'ħ', "h", (int) 'æ', "ae", (int) 'œ', "oe", (int) 'ð',
            "d", (int) 'þ', "th", (int) 'ς', "σ");

    private Folding() {}

    /** Letters only compared: upper and lower case, with and without accents, are one. */
    static String letters(String text) {
        // Upper case first: it makes ß to SS and the dotless i to I, which lower case alone leaves.
        String lower = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String bare = ACCENTS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD))
                .replaceAll("");
        StringBuilder plain = new StringBuilder(bare.length());
        bare.codePoints().forEach(point -> plain.append(PLAIN.getOrDefault(point, Character.toString(point))));
        return Normalizer.normalize(plain, Normalizer.Form.NFKC);
    }

    /** The words, each between two spaces; just one space where there is none. */
    static String words(String text) {
        String words = BETWEEN_WORDS.matcher(letters(text)).replaceAll(" ").strip();
        return words.isEmpty() ? " " : " " + words + " ";
    }

    /** Whether folded words stand in folded text: as whole words, but in scripts without spaces anywhere. */
    static boolean stands(String words, String text) {
        if (words.isBlank()) {
            return false;
        }
        return text.contains(UNSPACED.matcher(words).find() ? words.strip() : words);
    }

    /** Whether a folded word is of a script that is written without spaces. */
    static boolean isUnspaced(String word) {
        return UNSPACED.matcher(word).find();
    }

    /** How many words folded text has; where they are written without spaces, two characters count as one. */
    static int count(String words) {
        int count = 0;
        for (String word : words.strip().split(" ", -1)) {
            count += UNSPACED.matcher(word).find() ? (word.length() + 1) / 2 : word.isEmpty() ? 0 : 1;
        }
        return count;
    }
}
