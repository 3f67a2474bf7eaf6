package io.broadsheet.http;

/**
 * What is done before an answer's body grows large in memory.
 *
 * @param bytes the most that is not large yet
 * @param before called once, on the thread that fetches, before more is kept; it may throw to end the fetch, and does not wait, since the fetch's own
 *     time goes on
 */
public record LargeBody(int bytes, Runnable before) {
    /** However large the limit lets it be. */
    public static final LargeBody WELCOME = new LargeBody(Integer.MAX_VALUE, () -> {});
}
