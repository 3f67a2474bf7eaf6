package io.broadsheet.edition;

import io.broadsheet.template.Direction;
import io.broadsheet.template.Locality;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An invented digest in several scripts, and readers whose names try to break it. */
final class SampleDigest {
    static final Locality BERLIN = Locality.of("en-GB", ZoneId.of("Europe/Berlin"));
    static final Instant SLOT = Instant.parse("2026-03-09T06:00:00Z");

    static final SiteView SITE =
            new SiteView("Example Newsroom", "https://news.example.org", "1 Example Street, Example City");
    static final NewsletterView NEWSLETTER =
            new NewsletterView("Example News", "news", "What the newsroom published, every morning.", "en", "ltr");

    static final ArticleView LATIN = article(
            "Harbour bridge reopens after two years of repairs",
            "Ada Example",
            "Office of Public Works",
            "The bridge carries traffic again from Monday. Engineers replaced 312 cables & 40 bearings, and strengthened both towers against storms.",
            "en");
    static final ArticleView CYRILLIC = article(
            "Мост через гавань снова открыт",
            "Иван Пример",
            null,
            "Мост закрыт не будет: движение открыто с понедельника.",
            "ru");
    static final ArticleView JAPANESE =
            article("港の橋、二年ぶりに再開通", "例 花子", "広報課", "橋は月曜日から通行できるようになります。三百十二本のケーブルが交換されました。", "ja");
    static final ArticleView ARABIC = article(
            "إعادة فتح جسر الميناء بعد عامين",
            null,
            "مكتب الأشغال العامة",
            "يعود الجسر إلى الخدمة يوم الاثنين بعد استبدال الكابلات.",
            "ar");
    static final ArticleView EMOJI = article(
            "Summer fair 🎉 returns 👩‍👩‍👧",
            "Bo Example",
            null,
            "Three days of music 🎶, food and games for all.",
            "en");
    static final ArticleView HOSTILE = article(
            "<script>alert(1)</script> & \"quotes\" 'n' =?utf-8?Q?x?= $links.unsubscribe",
            "Eve <eve@example.net>",
            null,
            ".leading dot\n.\nFrom here = on #if ${reader.name}",
            "en");

    static final List<RetractionView> RETRACTIONS = List.of(
            new RetractionView(
                    "Ferry fares fall by half <b>",
                    Instant.parse("2026-03-02T06:00:00Z"),
                    "The figures were those of another year & another <script>ferry</script>.",
                    "en",
                    "ltr"),
            new RetractionView("مواعيد العبارة الجديدة", Instant.parse("2026-03-03T06:00:00Z"), null, "ar", "rtl"));

    /** Names that readers may have. */
    static final List<String> NAMES = List.of(
            "",
            "Ada",
            "Þórhildur Ýr",
            "Иван Петрович",
            "山田太郎",
            "محمد بن عبد الله",
            "🎉 Bo 👩‍👩‍👧",
            "<&\"'>",
            "a=b==3D",
            ".leading dot",
            "..",
            "From me",
            "with\r\nBcc: x@example.org",
            "very long ".repeat(60),
            "x".repeat(500),
            "trailing  ",
            "$reader.email #if",
            "=?utf-8?Q?=41?=");

    private SampleDigest() {}

    static DigestContent content(ArticleView... articles) {
        return new DigestContent(SITE, NEWSLETTER, new EditionView(List.of(articles), 0, null, List.of(), SLOT, null));
    }

    static DigestContent all() {
        List<ArticleView> articles = new ArrayList<>(List.of(LATIN, CYRILLIC, JAPANESE, ARABIC, EMOJI, HOSTILE));
        articles.add(new ArticleView(
                "A release without a summary",
                "https://news.example.org/a/9",
                null,
                null,
                null,
                SLOT,
                "",
                "<p>Its first paragraph, with a <a href=\"https://example.org/\">link</a>.</p><p>And a second one.</p>",
                "en",
                "ltr"));
        return new DigestContent(
                SITE,
                NEWSLETTER,
                new EditionView(
                        articles, 12, "https://news.example.org/", RETRACTIONS, SLOT, "https://news.example.org/e/1"));
    }

    static Personal personal(String name) {
        return new Personal(
                new ReaderView(name, "ada@example.net", "en"),
                new LinksView("https://news.example.org/u/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4?a=1&b=2"));
    }

    private static ArticleView article(
            String title, @Nullable String author, @Nullable String unit, String summary, String language) {
        return new ArticleView(
                title,
                "https://news.example.org/a/" + Math.abs(title.hashCode()),
                author,
                unit,
                SLOT,
                SLOT,
                summary,
                "<p>" + io.broadsheet.template.HtmlEscape.of(summary) + "</p>",
                language,
                Direction.of(language));
    }
}
