package io.broadsheet.http;

/**
 * What is done before an answer's body grows large in memory.
 *
 * @param bytes the most that is not large yet
 * @param awaited called once, on the thread that fetches, before more is kept; it may wait, within the time of the fetch, or throw to end it
 */
public record LargeBody(int bytes, Runnable awaited) {
    /** However large the limit lets it be. */
    public static final LargeBody WELCOME = new LargeBody(Integer.MAX_VALUE, () -> {});
}
