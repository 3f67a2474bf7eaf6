package io.broadsheet.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;
import io.broadsheet.web.site.SiteViews.Cadence;
import io.broadsheet.web.site.SiteViews.Feed;
import io.broadsheet.web.site.SiteViews.Headline;
import io.broadsheet.web.site.SiteViews.Newsletter;
import io.broadsheet.web.site.SiteViews.Site;
import io.broadsheet.web.site.SiteViews.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each page with invented values; what it writes is also left in {@code target/looks}, for people to look at. */
class PagesTest {
    private static final Instant DATE = Instant.parse("2026-03-09T06:00:00Z");
    private static final Site SITE = site(List.of(
            feed("news", "All news", "Everything the newsroom publishes."), feed("sport", "Sport & <leisure>", "")));
    private static final Newsletter NEWSLETTER = new Newsletter(
            "news",
            "Example News",
            "What the newsroom published, every morning.",
            "https://news.example.org/subscribe/news");
    private static final Headline LATIN = new Headline(
            "Harbour bridge reopens after two years of repairs",
            "https://news.example.org/a/1",
            "Ada Example",
            "Office of Public Works",
            DATE,
            "The bridge carries traffic again from Monday. Engineers replaced 312 cables and 40 bearings, and strengthened both towers against storms.",
            "en",
            "ltr");
    private static final Headline ARABIC = new Headline(
            "إعادة فتح جسر الميناء بعد عامين من الإصلاح",
            "https://news.example.org/a/2",
            null,
            "مكتب الأشغال العامة",
            DATE,
            "يعود الجسر إلى الخدمة يوم الاثنين بعد استبدال الكابلات وتقوية الأبراج.",
            "ar",
            "rtl");
    private static final Headline HOSTILE = new Headline(
            "<img src=x onerror=alert(1)> averyveryveryverylongwordwithoutanyspaceinitthatmustnotwidenthepageatall",
            "https://news.example.org/a/3",
            "Eve \"<b>\"",
            null,
            DATE,
            "",
            "en",
            "ltr");

    @TempDir
    Path home;

    @Test
    void every_page_is_whole_and_escapes_what_it_shows() throws IOException {
        Path looks = Files.createDirectories(Path.of("target/looks"));
        Files.copy(
                Path.of("src/main/resources/web/site.css"),
                looks.resolve("site.css"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        for (Map.Entry<String, Record> page : pages().entrySet()) {
            String template = page.getKey().replaceAll("-.*", "");
            String html = new Templates(home)
                    .render(
                            "web/site/" + template,
                            page.getValue(),
                            new Locality(java.util.Locale.ENGLISH, ZoneOffset.UTC));
            Files.writeString(looks.resolve(page.getKey() + ".html"), html);

            Document document = Jsoup.parse(html);
            assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain("<img src=x", "$");
            assertThat(document.select("html[lang][dir]")).hasSize(1);
            assertThat(document.select("h1")).hasSize(1);
            assertThat(document.select("main")).hasSize(1);
            assertThat(document.title()).contains("Example Newsroom");
            assertThat(document.select("script, [style], [src]")).isEmpty();
            assertThat(document.select("link[rel=alternate]"))
                    .hasSize(page.getKey().equals("home-empty") ? 0 : 6);
            assertThat(document.select("input:not([type=hidden])"))
                    .allSatisfy(input -> assertThat(document.select("label[for=" + input.id() + "]")
                                            .size()
                                    + input.parents().select("label").size())
                            .isPositive());
        }
    }

    @Test
    void forms_post_and_links_do_not_change_anything() {
        assertThat(form("confirm", pages()).attr("action")).isEqualTo("https://news.example.org/confirm/t");
        assertThat(form("unsubscribe", pages()).attr("action")).isEqualTo("https://news.example.org/u/t");
        assertThat(form("subscribe", pages()).select("[name]").eachAttr("name"))
                .containsExactly("email", "cadence", "cadence", SiteViews.HONEYPOT);
        assertThat(form("subscribe-problem", pages()).select("[name=email]").attr("value"))
                .isEqualTo("a\"b@example");
    }

    private org.jsoup.nodes.Element form(String page, Map<String, Record> pages) {
        Record view = java.util.Objects.requireNonNull(pages.get(page));
        Document document = Jsoup.parse(new Templates(home)
                .render(
                        "web/site/" + page.replaceAll("-.*", ""),
                        view,
                        new Locality(java.util.Locale.ENGLISH, ZoneOffset.UTC)));
        return java.util.Objects.requireNonNull(document.selectFirst("form[method=post]"));
    }

    private static Map<String, Record> pages() {
        Map<String, Record> pages = new LinkedHashMap<>();
        pages.put("home", new SiteViews.Home(SITE, List.of(LATIN, ARABIC, HOSTILE), List.of(NEWSLETTER)));
        pages.put("home-empty", new SiteViews.Home(site(List.of()), List.of(), List.of()));
        pages.put("article", new SiteViews.Article(SITE, story("en", "ltr", LATIN.title(), """
                <p>The bridge carries traffic again from Monday, the <a href="https://example.org/">office</a> said.</p>
                <h2>What was done</h2><p>Engineers replaced 312 cables.</p><blockquote><p>A proud day.</p></blockquote>
                <ul><li>Cables</li><li>Bearings</li></ul><p>Both towers were strengthened against storms.</p>""")));
        pages.put(
                "article-rtl",
                new SiteViews.Article(SITE, story("ar", "rtl", ARABIC.title(), "<p>" + ARABIC.summary() + "</p>")));
        pages.put(
                "subscribe",
                new SiteViews.Subscribe(
                        SITE,
                        NEWSLETTER,
                        List.of(new Cadence("daily", "Every day", true), new Cadence("weekly", "Every week", false)),
                        "",
                        ""));
        pages.put(
                "subscribe-problem",
                new SiteViews.Subscribe(
                        SITE,
                        NEWSLETTER,
                        List.of(),
                        "a\"b@example",
                        "That address has no domain with a dot; check what follows the @."));
        pages.put("subscribed", new SiteViews.Subscribed(SITE, NEWSLETTER));
        pages.put("confirm", new SiteViews.Confirm(SITE, NEWSLETTER, "https://news.example.org/confirm/t"));
        pages.put("confirmed", new SiteViews.Confirmed(SITE, NEWSLETTER));
        pages.put("unsubscribe", new SiteViews.Unsubscribe(SITE, NEWSLETTER, "https://news.example.org/u/t"));
        pages.put("unsubscribed", new SiteViews.Unsubscribed(SITE, NEWSLETTER));
        pages.put(
                "error",
                new SiteViews.Error(
                        SITE,
                        404,
                        "There is no such page",
                        "Check the address, or look for the article on the start page."));
        return pages;
    }

    private static Story story(String language, String dir, String title, String content) {
        return new Story(
                title,
                "https://works.example.org/bridge",
                "Ada Example",
                "Office of Public Works",
                DATE,
                DATE,
                "",
                content,
                language,
                dir);
    }

    private static Site site(List<Feed> feeds) {
        return new Site(
                "Example Newsroom",
                "https://news.example.org",
                "en",
                "ltr",
                "1 Example Street, Example City",
                "site.css",
                feeds);
    }

    private static Feed feed(String name, String title, String description) {
        String base = "https://news.example.org/feeds/" + name;
        return new Feed(name, title, description, base + ".rss", base + ".atom", base + ".json");
    }
}
