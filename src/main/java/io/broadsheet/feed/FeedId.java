package io.broadsheet.feed;

/** Which feed. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record FeedId(long value) implements Comparable<FeedId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static FeedId parse(String text) {
        return new FeedId(Long.parseLong(text));
    }

    @Override
    public int compareTo(FeedId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
