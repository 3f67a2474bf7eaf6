package io.broadsheet.subscriber;

/** Which subscriber. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record SubscriberId(long value) implements Comparable<SubscriberId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static SubscriberId parse(String text) {
        return new SubscriberId(Long.parseLong(text));
    }

    @Override
    public int compareTo(SubscriberId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
