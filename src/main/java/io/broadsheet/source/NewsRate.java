package io.broadsheet.source;

/**
 * How many new articles a source usually brings; its first visit doesn't count, nor one that was held.
 *
 * @param visits that brought any
 * @param sum of what they brought
 * @param usual the most that one brought, less a fifth with each that brought less
 */
public record NewsRate(long visits, long sum, double usual) {
    public static final NewsRate NEW = new NewsRate(0, 0, 0);

    private static final double FADING = .8;

    public NewsRate plus(int added) {
        return added == 0 ? this : new NewsRate(visits + 1, sum + added, Math.max(added, usual * FADING));
    }
}
