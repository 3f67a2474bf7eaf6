package io.broadsheet.feed;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleId;
import io.broadsheet.article.Selection;
import io.broadsheet.config.Settings.Site;
import io.broadsheet.source.Enclosure;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Feeds to write, where a test says only what matters to it. */
final class SomeFeed {
    static final Site SITE = new Site("Example Newsroom", "https://news.example.org", "en", ZoneId.of("Europe/Berlin"));
    static final FeedDefinition DEFINITION =
            new FeedDefinition("news", "All news", "What the newsroom says.", Selection.ALL, 50, null);

    private SomeFeed() {}

    static FeedContent of(Article... articles) {
        return new FeedContent(
                DEFINITION,
                SITE,
                Instant.parse("2026-01-01T00:00:00Z"),
                15,
                List.of(articles),
                List.of(),
                Map.of("press", "https://press.example.org/rss.xml"));
    }

    /** Every part is there. */
    static Article full() {
        return new Article(
                new ArticleId(42),
                "https://press.example.org/bridge?id=7&lang=en",
                "Harbour bridge & quay <reopen>",
                "Ada Miller",
                "Space Operations Command Public Affairs",
                "EXAMPLE CITY",
                "de-DE",
                "<p>The bridge is <b>open</b>.</p>",
                "<p>EXAMPLE CITY — The bridge is open.</p><p><a href=\"https://press.example.org/more\">More</a></p>",
                List.of("Traffic & ways", "Harbour"),
                List.of(
                        new Enclosure("https://press.example.org/bridge.jpg", "image/jpeg", 12345L),
                        new Enclosure("https://press.example.org/talk.mp3?x=1", null, null)),
                Instant.parse("2026-11-23T08:00:00Z"),
                "feed",
                Instant.parse("2026-11-24T09:30:00Z"),
                Instant.parse("2026-11-23T08:05:00Z"),
                Instant.parse("2026-11-23T08:00:00Z"),
                List.of("press"),
                List.of("press"),
                1);
    }

    /** Nothing is there that may be absent. */
    static Article bare(long id, String title) {
        Instant collected = Instant.parse("2026-11-22T07:00:00Z");
        return new Article(
                new ArticleId(id),
                null,
                title,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                collected,
                collected,
                collected,
                List.of("releases"),
                List.of(),
                0);
    }
}
