package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.answer;
import static io.broadsheet.http.AwkwardServer.bytes;

import com.sun.net.httpserver.HttpExchange;
import io.broadsheet.http.AwkwardServer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A newsroom on a real server: pages by path, and how often each was asked for. */
final class MadeUpNewsroom implements AutoCloseable {
    static final List<String> HEADLINES = List.of(
            "Harbour bridge reopens after repairs",
            "Wing receives new rescue helicopters",
            "Reservoir levels rise in the north",
            "Ferry timetable changes for the winter",
            "Museum shows letters of lighthouse keepers",
            "Students build a weather station",
            "Council agrees on a plan for the old quay",
            "Volunteers plant ten thousand trees");

    private static final List<String> AUTHORS = List.of("Ada Lind", "Ben Okoro", "Cora Weiss");

    final AwkwardServer server = new AwkwardServer();
    final Map<String, String> pages = new LinkedHashMap<>();
    final Map<String, Integer> asked = new ConcurrentHashMap<>();

    /** One made-up story. */
    record Story(int number, String title, LocalDate date, String author, String path) {
        String body() {
            return "<p>The " + title.toLowerCase(java.util.Locale.ROOT) + " report number " + number
                    + " was given out by the office this morning, together with the figures of the year.</p>"
                    + "<p>It says in its second paragraph what people asked for most, and names " + (number + 40)
                    + " places where work goes on until the end of the season.</p>"
                    + "<p>More is to follow when the committee has met again.</p>";
        }
    }

    MadeUpNewsroom() {
        server.on("/", this::answerPage);
    }

    private void answerPage(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.merge(path, 1, Integer::sum);
        String page = pages.get(path);
        byte[] body = bytes(page == null ? "" : page.replace("${root}", server.url("")));
        String type = page != null && page.startsWith("<?xml") ? "text/xml" : "text/html; charset=utf-8";
        answer(
                exchange,
                page == null ? 404 : 200,
                body,
                Map.of("Content-Type", path.equals("/robots.txt") ? "text/plain" : type));
    }

    /** Eight stories, newest first, each with a page at a path such as {@code /news/%d/%s}. */
    List<Story> stories(String pattern) {
        List<Story> stories = new ArrayList<>();
        for (int at = 0; at < HEADLINES.size(); at++) {
            Story story = story(at, HEADLINES.get(at), pattern);
            stories.add(story);
            pages.put(story.path(), page(story));
        }
        return stories;
    }

    static Story story(int at, String title, String pattern) {
        String slug = title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        return new Story(
                at,
                title,
                LocalDate.of(2026, 11, 20).minusDays(2L * at),
                AUTHORS.get(at % AUTHORS.size()),
                String.format(pattern, 4100 - at, slug));
    }

    /** A story's page with all that stands around one. */
    static String page(Story story) {
        return """
                <!DOCTYPE html><html lang="en"><head><title>%1$s - Example Newsroom</title>
                <meta property="article:published_time" content="%2$sT09:00:00Z"><meta name="author" content="%3$s"></head>
                <body>%4$s<main><article><h1>%1$s</h1><p class="byline">By %3$s</p>%5$s</article></main>
                <aside class="related"><h2>Related</h2><ul><li><a href="/about">About the office and its work</a></li></ul></aside>
                %6$s</body></html>
                """.formatted(story.title(), story.date(), story.author(), header(), story.body(), footer());
    }

    static String header() {
        return """
                <a class="skip-link" href="#main">Skip to main content</a>
                <header class="site-header"><nav class="main-menu"><ul>
                <li><a href="/">Home</a></li><li><a href="/about-the-office-and-its-people">About the office and its people</a></li>
                <li><a href="/news/">News and press releases</a></li><li><a href="/leadership/the-board-of-directors">The board of directors</a></li>
                <li><a href="/services/permits-and-licences-2026">Permits and licences 2026</a></li>
                <li><a href="/contact">Contact</a></li></ul></nav></header>
                """;
    }

    static String footer() {
        return """
                <footer><ul><li><a href="/privacy-and-cookie-policy">Our privacy and cookie policy</a></li>
                <li><a href="/accessibility-statement-2026">Accessibility statement for 2026</a></li>
                <li><a href="https://social.example/office">Follow the office on Social</a></li></ul></footer>
                """;
    }

    /** A list page: its items within a frame. */
    static String list(String language, String items) {
        return "<!DOCTYPE html><html lang=\"" + language
                + "\"><head><title>News - Example Newsroom</title></head><body>" + header() + items + footer()
                + "</body></html>";
    }

    int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    @Override
    public void close() {
        server.close();
    }
}
