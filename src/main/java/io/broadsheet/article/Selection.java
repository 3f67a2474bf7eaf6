package io.broadsheet.article;

import java.util.List;

/**
 * Which articles: <em>or</em> within a key, <em>and</em> between keys; an empty key lets all through. Feeds, newsletters and readers' topics all use
 * this one type.
 *
 * @param sources source names, any of which showed the article
 * @param tags a tag of the source that showed it (one of {@code sources}, if any are named), or one of its categories; blind to case and accents
 * @param authors one of its authors; blind to case and accents
 * @param languages BCP 47 tags; {@code en} matches {@code en-GB} too
 * @param words whole words in headline, summary or text; blind to case and accents
 */
public record Selection(
        List<String> sources, List<String> tags, List<String> authors, List<String> languages, List<String> words) {
    /** All articles. */
    public static final Selection ALL = new Selection(List.of(), List.of(), List.of(), List.of(), List.of());

    public Selection {
        sources = List.copyOf(sources);
        tags = List.copyOf(tags);
        authors = List.copyOf(authors);
        languages = List.copyOf(languages);
        words = List.copyOf(words);
    }
}
