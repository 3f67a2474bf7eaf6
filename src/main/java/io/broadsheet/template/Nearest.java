package io.broadsheet.template;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the right word for a mistyped one. */
final class Nearest {
    private static final int LISTED_MAX = 12;

    private Nearest() {}

    /** {@code ; did you mean …?}, else {@code ; there are …}, as the mend of an error. */
    static String mend(String typed, Iterable<String> known, String sigil) {
        TreeSet<String> words = new TreeSet<>();
        known.forEach(words::add);
        String nearest = of(typed, words);
        if (nearest != null) {
            return "; did you mean '" + sigil + nearest + "'?";
        }
        if (words.isEmpty()) {
            return "; nothing can be read from it, leave it out";
        }
        String list = String.join(
                ", ", words.stream().limit(LISTED_MAX).map(word -> sigil + word).toList());
        return "; there " + (words.size() == 1 ? "is " : "are ") + list + (words.size() > LISTED_MAX ? ", …" : "");
    }

    private static @Nullable String of(String typed, Iterable<String> known) {
        String best = null;
        int bestDistance = Math.max(1, typed.length() / 3) + 1;
        for (String word : known) {
            int distance = distance(typed, word);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = word;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
