package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;

/**
 * The promises that hold through {@code kill -9}, tried on the built program. Few kills here; in full as {@code docs/reliability.md} says.
 */
@Tag("whole")
class KilledProgramTest {
    private static final int KILLS = Integer.getInteger("broadsheet.kills", 3);
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 500);
    /** How often the mail server breaks a connection off meanwhile. */
    /** In one edition, as many as there may be: what is killed before it mails has them all to mail in the end. */
    private static final int SHOWN_MAX = 500;

    private static final int DROPS = Integer.getInteger("broadsheet.drops", 0);

    private static final int CONNECTIONS = 10;
    private static final Pattern TITLE = Pattern.compile("<title>(Release number [^<]*)</title>");

    private static final Pattern HEADLINE = Pattern.compile("Release number \\d+ about the harbour");

    private final long seed = Long.getLong("broadsheet.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger dropsAtDot = new AtomicInteger();

    @OnBothDatabases
    void an_edition_sent_by_hand_reaches_everybody_through_kills(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open()) {
            slow(sink);
            InstalledHome home = home(test, sink, "- { name: releases, kind: folder, path: releases, backlog: 5 }\n");
            home.write("releases/one.txt", "Harbour bridge reopens\n\nThe bridge is open again, the port said.\n");
            home.write("readers.csv", "email\n" + lines(RECIPIENTS, number -> "r" + number + "@example.org"));
            done(home.run("collect"));
            done(home.run(
                    "subscriber",
                    "import",
                    home.file("readers.csv").toString(),
                    "--newsletter",
                    "news",
                    "--confirmed",
                    "test"));

            for (int kill = 1; kill <= KILLS; kill++) {
                int target = sink.count() + 1 + random.nextInt(Math.max(1, RECIPIENTS / (KILLS + 1)));
                Process sending = home.launch("edition", "send", "news", "--yes");
                eventually(
                        "it is in the midst of it",
                        Duration.ofMinutes(5),
                        () -> sink.count() >= target || !sending.isAlive());
                sending.destroyForcibly().waitFor();
            }
            InstalledHome.Ended last = home.run("edition", "send", "news", "--yes", "--json");
            InstalledHome.Ended again = home.run("edition", "send", "news", "--yes", "--json");

            assertThat(last.exitCode()).as("seed %d: %s", seed, last.err()).isZero();
            assertThat(again.json().get("state")).isEqualTo("nothing-new");
            holds(sink, RECIPIENTS, KILLS);
        }
    }

    @OnBothDatabases
    void collecting_publishing_and_mailing_lose_and_double_nothing_through_kills(TestDatabase test) throws Exception {
        int articles = Math.min(SHOWN_MAX, 20 * KILLS);
        int step = Math.max(1, articles * 3 / (4 * KILLS));
        try (SmtpSink sink = SmtpSink.open();
                GrowingNewsroom newsroom = new GrowingNewsroom(step, articles)) {
            InstalledHome home = home(
                    test,
                    sink,
                    "- { name: harbour, kind: feed, url: \"" + newsroom.url() + "\", every: 1s, backlog: 1000 }\n");
            done(home.run("subscriber", "add", "ada@example.org", "--newsletter", "news", "--confirmed", "test"));

            for (int kill = 1; kill <= KILLS; kill++) {
                Process serve = home.launch("serve");
                int target = newsroom.articles() + 1;
                eventually(
                        "it has collected",
                        () -> newsroom.articles() >= Math.min(target, articles) || !serve.isAlive());
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
                serve.destroyForcibly().waitFor();
                everyFeedFileIsWhole(home);
            }
            Process serve = home.launch("serve");
            try {
                Duration within = Duration.ofSeconds(30 + 5L * KILLS);
                eventually(
                        "all are published",
                        within,
                        () -> newsroom.isComplete() && headlines(home).size() == articles);
                eventually("all are mailed", within, () -> mailed(sink).size() >= articles);
            } finally {
                serve.destroy();
                serve.waitFor();
            }

            assertThat(headlines(home))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .hasSize(articles);
            assertThat(home.run("article", "list", "--limit", "1000", "--json")
                            .out()
                            .lines())
                    .hasSize(articles);
            Map<String, Set<String>> mailed = mailed(sink);
            assertThat(mailed.keySet()).hasSize(articles);
            assertThat(mailed.values())
                    .as("seed %d: an article comes in one mail, though that mail may come twice", seed)
                    .allMatch(messageIds -> messageIds.size() == 1);
        }
    }

    @OnBothDatabases
    void a_slot_missed_while_killed_makes_exactly_one_edition(TestDatabase test) throws Exception {
        try (SmtpSink sink = SmtpSink.open()) {
            InstalledHome home =
                    home(test, sink, "- { name: releases, kind: folder, path: releases, every: 1s, backlog: 5 }\n");
            home.write("config/newsletters.yml", """
                    - name: news
                      title: Example News
                      subject: News
                      cadences: [{ name: often, cron: "0/3 * * * * ?" }]
                    """);
            home.write("releases/one.txt", "Harbour bridge reopens\n\nThe bridge is open again, the port said.\n");
            done(home.run("subscriber", "add", "ada@example.org", "--newsletter", "news", "--confirmed", "test"));
            Process first = home.launch("serve");
            eventually("the first edition is out", () -> messageIds(sink).size() == 1);
            first.destroyForcibly().waitFor();
            home.write("releases/two.txt", "Ferry timetable changes\n\nFrom Monday on, ferries leave at eight.\n");
            done(home.run("collect"));
            long missed = System.nanoTime() + Duration.ofSeconds(7).toNanos();
            eventually("two slots have passed", () -> System.nanoTime() > missed);

            Process second = home.launch("serve");
            try {
                eventually("the missed edition is out", () -> messageIds(sink).size() == 2);
                long more = System.nanoTime() + Duration.ofSeconds(4).toNanos();
                eventually("another slot has passed", () -> System.nanoTime() > more);
            } finally {
                second.destroy();
                second.waitFor();
            }

            assertThat(messageIds(sink)).hasSize(2);
            List<String> editions = home.run("edition", "list", "--json")
                    .out()
                    .lines()
                    .filter(line -> line.contains("\"sent\""))
                    .toList();
            assertThat(editions).hasSize(2);
        }
    }

    /** A mail whose reply was not yet written down comes again under the same one. */
    private static Set<String> messageIds(SmtpSink sink) {
        Set<String> messageIds = new HashSet<>();
        sink.taken().forEach(one -> messageIds.add(one.messageId()));
        return messageIds;
    }

    /** Waits before each reply to a dot, and breaks connections off at every phase as often as the run was asked to. */
    private void slow(SmtpSink sink) {
        sink.answer((at, recipient) -> {
            if (at == At.DOT) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            boolean drop = DROPS > 0
                    && drops.get() < DROPS
                    && ThreadLocalRandom.current().nextInt(Math.max(2, RECIPIENTS * 4 / DROPS)) == 0;
            if (drop) {
                drops.incrementAndGet();
                dropsAtDot.addAndGet(at == At.DOT ? 1 : 0);
            }
            return drop ? SmtpSink.DROP : null;
        });
    }

    private void holds(SmtpSink sink, int recipients, int kills) {
        List<Taken> taken = sink.taken();
        Map<String, Set<String>> messageIds = new HashMap<>();
        taken.forEach(one -> messageIds
                .computeIfAbsent(one.recipient(), to -> new HashSet<>())
                .add(one.messageId()));
        assertThat(messageIds).as("seed %d: nobody is left out", seed).hasSize(recipients);
        assertThat(messageIds.values())
                .as("seed %d: a repeat has the same Message-ID", seed)
                .allMatch(ids -> ids.size() == 1);
        int repeats = taken.size() - recipients;
        System.out.printf(
                "%d recipients, %d kills, %d connections broken off by the server (%d between dot and reply): lost 0, repeated %d%n",
                recipients, kills, drops.get(), dropsAtDot.get(), repeats);
        assertThat(repeats).as("seed %d: repeats", seed).isLessThanOrEqualTo(kills * CONNECTIONS + dropsAtDot.get());
    }

    /** By headline, the Message-IDs of the mails that hold it. */
    private static Map<String, Set<String>> mailed(SmtpSink sink) throws IOException, MessagingException {
        Map<String, Set<String>> mailed = new HashMap<>();
        for (byte[] bytes : sink.messages()) {
            MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(bytes));
            String text = String.valueOf(
                    ((MimeMultipart) message.getContent()).getBodyPart(0).getContent());
            Matcher headline = HEADLINE.matcher(text.replaceAll("\\s+", " "));
            while (headline.find()) {
                mailed.computeIfAbsent(headline.group(), title -> new HashSet<>())
                        .add(message.getMessageID());
            }
        }
        return mailed;
    }

    private static List<String> headlines(InstalledHome home) throws IOException {
        Path rss = home.file("feeds/news.rss");
        List<String> headlines = new ArrayList<>();
        if (Files.exists(rss)) {
            Matcher title = TITLE.matcher(Files.readString(rss));
            while (title.find()) {
                headlines.add(title.group(1));
            }
        }
        return headlines;
    }

    private static void everyFeedFileIsWhole(InstalledHome home) throws Exception {
        if (!Files.isDirectory(home.file("feeds"))) {
            return;
        }
        try (Stream<Path> files = Files.list(home.file("feeds"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".rss") || name.endsWith(".atom")) {
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
                } else if (name.endsWith(".json")) {
                    assertThat(Files.readString(file).strip()).startsWith("{").endsWith("}");
                }
            }
        }
    }

    private static InstalledHome home(TestDatabase test, SmtpSink sink, String sources) throws IOException {
        InstalledHome home = new InstalledHome(test.home().resolve("news"));
        home.write("config/broadsheet.yml", """
                site: { title: Example Newsroom, url: "https://news.example.org" }
                server: { listen: "127.0.0.1:0" }
                database: { url: "%s" }
                mail:
                  from: Example Newsroom <news@news.example.org>
                  smtp: { host: 127.0.0.1, port: %d, connections: %d }
                fetch: { allow-private: [127.0.0.1] }
                """.formatted(test.address().url(), sink.port(), CONNECTIONS));
        home.write("config/sources.yml", sources);
        home.write("config/feeds.yml", "- { name: news, title: All news, size: 1000 }\n");
        home.write("config/newsletters.yml", """
                - name: news
                  title: Example News
                  subject: News
                  maximum: %d
                  cadences: [{ name: each }]
                """.formatted(SHOWN_MAX));
        return home;
    }

    private static void done(InstalledHome.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private static String lines(int count, java.util.function.IntFunction<String> line) {
        StringBuilder lines = new StringBuilder();
        IntStream.rangeClosed(1, count)
                .forEach(number -> lines.append(line.apply(number)).append('\n'));
        return lines.toString();
    }
}
