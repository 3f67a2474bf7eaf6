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

    /** Letters to add, drop, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
