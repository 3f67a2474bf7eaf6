package io.broadsheet.edition;

/** Which variant of an edition. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record VariantId(long value) implements Comparable<VariantId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static VariantId parse(String text) {
        return new VariantId(Long.parseLong(text));
    }

    @Override
    public int compareTo(VariantId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
