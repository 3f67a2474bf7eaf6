package io.broadsheet.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known word was probably meant. */
public final class Nearest {
    private static final int LETTERS_PER_SLIP = 3; // one slip in three letters is a typo, more is another word

    private Nearest() {}

    /** The known word with the fewest slips (a letter too many, missing, wrong, or two swapped), if they are few; blind to case. */
    public static Optional<String> word(String written, Collection<String> known) {
        String plain = written.toLowerCase(Locale.ROOT);
        int slipsMax = Math.max(1, plain.length() / LETTERS_PER_SLIP);
        return known.stream()
                .filter(word -> Math.abs(word.length() - plain.length()) <= slipsMax)
                .filter(word -> slips(plain, word.toLowerCase(Locale.ROOT)) <= slipsMax)
                .min(Comparator.comparingInt((String word) -> slips(plain, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The ending of an error about an unknown word: {@code ; did you mean 'x'?}, or else the words there are. */
    public static String mend(String written, Collection<String> known) {
        return word(written, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElseGet(() -> known.isEmpty() ? "; there is none yet" : "; known: " + String.join(", ", known));
    }

    /** Optimal string alignment distance. */
    private static int slips(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : cheapest(least, one, other, i, j);
            }
        }
        return least[one.length()][other.length()];
    }

    private static int cheapest(int[][] least, String one, String other, int i, int j) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int cost = Math.min(least[i - 1][j - 1] + same, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(cost, least[i - 2][j - 2] + 1) : cost;
    }
}
