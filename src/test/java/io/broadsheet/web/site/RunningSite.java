package io.broadsheet.web.site;

import io.broadsheet.article.ArticleStore;
import io.broadsheet.article.Selection;
import io.broadsheet.config.Home;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.feed.FeedDefinition;
import io.broadsheet.feed.FeedStore;
import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.feed.PublishedFeeds;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.source.SourceStore;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscribe;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.subscriber.Unsubscribe;
import io.broadsheet.template.Templates;
import io.broadsheet.test.Rows;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.WebServer;
import io.broadsheet.web.ops.Metrics;
import io.broadsheet.web.ops.OpsRoutes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server on real sockets, with the feed {@code news}, the newsletter {@code news} and what a test adds; asked by a client that hides nothing. */
final class RunningSite implements AutoCloseable {
    final TestClock clock = TestClock.at("2026-11-24T10:00:00Z");
    final TestDatabase test = TestDatabase.sqlite();
    final Database database = test.database();
    final Ids ids = new Ids(clock);
    final SourceStore sources = new SourceStore(ids);
    final ArticleStore articles = new ArticleStore(sources);
    final FeedStore feeds = new FeedStore(ids);
    final NewsletterStore newsletters = new NewsletterStore(ids);
    final Stores stores = Stores.with(ids, newsletters);
    final Tokens tokens = new Tokens("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    final PublishFeeds publish;
    final WebServer server;

    RunningSite() {
        Home home = Home.at(test.home()).create();
        Settings settings = Settings.load(home).orThrow();
        database.writing(tx -> {
            feeds.put(tx, new FeedDefinition("news", "All news", null, Selection.ALL, 50, null), true, clock.instant());
            newsletters.put(tx, newsletter(), true, clock.instant());
            Rows.article(tx, 1, "Harbour bridge <b>reopens</b> & more", clock.instant());
        });
        publish = new PublishFeeds(home, settings.site(), database, clock, feeds, articles, sources);
        publish.build(Progress.NONE);
        PublishedFeeds published = new PublishedFeeds(home.feeds());
        Metrics metrics = new Metrics();
        Newsroom newsroom = new Newsroom(database, articles, newsletters);
        Pages pages = new Pages(new Templates(home.templates()), settings, published);
        server = new WebServer(
                new ListenAddress("127.0.0.1", 0),
                Duration.ofSeconds(2),
                List.of(
                        new FeedRoutes(published, clock, metrics),
                        new MediaRoutes(
                                new MediaFiles(home.media(), settings.site().url() + "/feeds/media", clock)),
                        new ReadingRoutes(newsroom, pages),
                        new SubscriptionRoutes(
                                newsroom,
                                pages,
                                new Subscribe(
                                        database,
                                        clock,
                                        stores,
                                        tokens,
                                        settings.site().timeZone()),
                                new Unsubscribe(database, clock, stores, tokens),
                                new ClientAddress(List.of()),
                                clock),
                        new OpsRoutes(database, metrics, Optional::empty),
                        routes -> routes.get("/broken", http -> {
                            throw new IllegalArgumentException("secret inside");
                        })),
                pages);
        server.start();
    }

    private static NewsletterDefinition newsletter() {
        return new NewsletterDefinition(
                "news",
                "Example News",
                null,
                Selection.ALL,
                "digest",
                "News",
                NewsletterDefinition.Unknown.RESEND,
                List.of(new CadenceDefinition("each", null, null, false, CadenceDefinition.Missed.CATCH_UP, 1)),
                50,
                null,
                null,
                null,
                null,
                false);
    }

    /** What came back, byte for byte. Names of headers are in lower case. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Reply get(String path, String... headers) throws IOException {
        return ask("GET", path, "", headers);
    }

    Reply post(String path, String form, String... headers) throws IOException {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type: application/x-www-form-urlencoded";
        return ask("POST", path, form, all);
    }

    Reply ask(String method, String path, String body, String... headers) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder request =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (content.length > 0) {
            request.append("Content-Length: ").append(content.length).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", server.bound().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(content);
            out.flush();
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    private static Reply reply(byte[] all) throws IOException {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int line = 1; line < lines.length; line++) {
            String[] header = lines[line].split(": ?", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, next) -> one + ", " + next);
        }
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? unchunk(body) : body);
    }

    private static byte[] unchunk(byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(body);
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                size.append((char) next);
            }
            int bytes = Integer.parseInt(size.toString().strip(), 16);
            if (bytes == 0) {
                return whole.toByteArray();
            }
            whole.write(in.readNBytes(bytes));
            in.skipNBytes(2);
        }
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() throws IOException {
        server.close();
        test.close();
    }
}
