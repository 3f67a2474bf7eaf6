package io.broadsheet.article;

/** Which article. Its text form, for JSON and URLs, is opaque: the number in decimal. */
public record ArticleId(long value) implements Comparable<ArticleId> {
    /** @throws IllegalArgumentException when the text is no such id */
    public static ArticleId parse(String text) {
        return new ArticleId(Long.parseLong(text));
    }

    @Override
    public int compareTo(ArticleId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
