package io.broadsheet.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random text for properties, heavy in what breaks mail: dots and {@code From } at a line's start, equals signs, blanks before line ends, long
 * runs without a blank, and characters of every width and direction. The seed is in each failure's message; {@code -Dbroadsheet.seed} repeats it.
 * Used by one thread.
 */
public final class AnyText {
    private static final List<String> AWKWARD = List.of(
            ".",
            "..",
            "\n.",
            "\n..\n",
            "\n.\n",
            "From ",
            "\nFrom ",
            "=",
            "=?utf-8?Q?x?=",
            "=20",
            " \n",
            "\t\n",
            "\n\n",
            "  ",
            "\t",
            "\"",
            "\\",
            "<a@b.example>",
            "ß",
            "é",
            "e\u0301",
            "港",
            "の橋",
            "Мост",
            "إعادة",
            "\u202eabc",
            "👩‍👩‍👧",
            "🎉",
            "\ufeff",
            "\u00a0",
            "\u2028",
            "$",
            "#if",
            "--",
            "=_");
    private static final int RUN_MAX = 1_200;

    private final long seed = Long.getLong("broadsheet.seed", System.nanoTime());
    private final Random random = new Random(seed);

    public long seed() {
        return seed;
    }

    public Random random() {
        return random;
    }

    /** Of up to so many pieces; lines end with LF, and each character is whole. */
    public String text(int piecesMax) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(piecesMax + 1); left > 0; left--) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> text.append(AWKWARD.get(random.nextInt(AWKWARD.size())));
                case 3 -> text.append(word(1 + random.nextInt(12))).append(' ');
                case 4 -> text.append(character());
                case 5 ->
                    text.append(String.valueOf(AWKWARD.get(random.nextInt(AWKWARD.size())))
                            .repeat(1 + random.nextInt(40)));
                case 6 -> text.append('\n');
                default -> text.append(random.nextInt(20) == 0 ? word(random.nextInt(RUN_MAX)) : word(3));
            }
        }
        return text.toString();
    }

    /** Any octets at all, line ends and dots among them far more often than by chance. */
    public byte[] octets(int max) {
        byte[] octets = new byte[random.nextInt(max + 1)];
        byte[] likely = {'.', '\r', '\n', 'a'};
        for (int i = 0; i < octets.length; i++) {
            octets[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : likely[random.nextInt(likely.length)];
        }
        return octets;
    }

    /** The same octets, cut at random. */
    public List<byte[]> cut(byte[] octets) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (from < octets.length) {
            int to = Math.min(octets.length, from + random.nextInt(9));
            pieces.add(java.util.Arrays.copyOfRange(octets, from, to));
            from = to;
        }
        return pieces;
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /** Any character that Unicode may have, but controls and halves of pairs. */
    private String character() {
        while (true) {
            int code = random.nextInt(Character.MAX_CODE_POINT + 1);
            boolean half = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
            if (!half && !Character.isISOControl(code)) {
                return Character.toString(code);
            }
        }
    }
}
