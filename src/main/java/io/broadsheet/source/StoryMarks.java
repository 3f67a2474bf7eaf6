package io.broadsheet.source;

import io.broadsheet.html.ParseableHtml;
import io.broadsheet.html.PlainText;
import org.jsoup.Jsoup;

/** Whether a page that a sitemap names is a story: sitemaps name everything. */
final class StoryMarks {
    /** Shorter pages are galleries, forms and notices of where to look. */
    private static final int WORDS_MIN = 20;

    private static final int HEAD_MAX = 200_000;
    private static final int TAGS_MAX = 2_000;

    private StoryMarks() {}

    /** A headline, some text, and a date or the page's own word that it is an article. */
    static boolean has(Entry entry, Listed listed, Raw raw) {
        if (entry.title().isEmpty() || entry.content() == null) {
            return false;
        }
        boolean named = !listed.title().isEmpty();
        String text = PlainText.of(entry.content());
        boolean telling = text.split("\\s+").length >= WORDS_MIN || text.length() >= 8 * WORDS_MIN;
        return named || telling && (entry.published() != null || saysSo(raw));
    }

    private static boolean saysSo(Raw raw) {
        String html = FeedText.of(raw.bytes(), raw.contentType(), new Notes());
        return Jsoup.parse(ParseableHtml.of(html, HEAD_MAX, TAGS_MAX))
                        .selectFirst("meta[property=og:type][content=article]")
                != null;
    }
}
