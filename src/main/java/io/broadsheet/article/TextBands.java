package io.broadsheet.article;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keys under which texts that resemble one another meet, most of the time; what meets is then compared in full.
 *
 * <p>For whole texts: MinHash in {@value #BANDS} bands of {@value #ROWS}. Two texts that share the part J of their runs of words share a band with
 * probability 1 - (1 - J^3)^16: .98 at J = .6, .999 at .7, .9999 at .8, and one in 500 pairs of J = .05. Twice as many bands of four find hardly
 * more, and cost twice the rows. For a summary, whose J with its full text says nothing: its beginning, and the least words of its headline in three
 * orders.
 */
final class TextBands {
    static final int BANDS = 16;
    private static final int ROWS = 3;
    private static final int TITLE_KEYS = 3;
    private static final int TITLE_WORDS = 3;

    private TextBands() {}

    /** At most {@code BANDS}, and none for a text too short to be known by. */
    static Set<Integer> ofText(Story story) {
        if (!story.isTelling()) {
            return Set.of();
        }
        Set<Integer> keys = new LinkedHashSet<>();
        for (int band = 0; band < BANDS; band++) {
            long key = band + 1L;
            for (int row = 0; row < ROWS; row++) {
                key = Shingles.mix(key * 31 + least(story.text().hashes(), seed(band * ROWS + row)));
            }
            keys.add((int) key);
        }
        return keys;
    }

    /** By which a summary finds its full text, a full text its summary, and a headline alone what it resembles. */
    static Set<Integer> ofHeadline(Story story) {
        Set<Integer> keys = new LinkedHashSet<>();
        if (story.isTelling()) {
            keys.add((int) Shingles.mix(story.text().lead() ^ seed(1_000)));
        }
        if (story.title().size() >= TITLE_WORDS) {
            long[] words = story.title().stream().mapToLong(Shingles::hash).toArray();
            for (int order = 0; order < TITLE_KEYS; order++) {
                keys.add(leastWords(words, seed(2_000 + order)));
            }
        }
        return keys;
    }

    static Set<Integer> all(Story story) {
        Set<Integer> all = new LinkedHashSet<>(ofText(story));
        all.addAll(ofHeadline(story));
        return Collections.unmodifiableSet(all);
    }

    private static long least(long[] hashes, long seed) {
        long least = Long.MAX_VALUE;
        for (long hash : hashes) {
            least = Math.min(least, Shingles.mix(hash ^ seed));
        }
        return least;
    }

    private static int leastWords(long[] words, long seed) {
        long[] mixed = Arrays.stream(words)
                .map(word -> Shingles.mix(word ^ seed))
                .sorted()
                .toArray();
        long key = seed;
        for (int at = 0; at < Math.min(TITLE_WORDS, mixed.length); at++) {
            key = Shingles.mix(key * 31 + mixed[at]);
        }
        return (int) key;
    }

    private static long seed(int number) {
        return Shingles.mix(0x9e3779b97f4a7c15L * (number + 1));
    }
}
