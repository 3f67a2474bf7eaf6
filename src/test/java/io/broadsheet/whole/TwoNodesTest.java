package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.test.SmtpSink.Taken;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/**
 * Two nodes serve one PostgreSQL, and one of them is killed again and again. Each has a mail server of its own, so that it is known whose an attempt
 * was. {@code -Dbroadsheet.node-kills=20 -Dbroadsheet.recipients=4000} runs it in full.
 */
@Tag("whole")
class TwoNodesTest {
    private static final int KILLS = Integer.getInteger("broadsheet.node-kills", 2);
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 500);
    private static final int CONNECTIONS = 5;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration DOT = Duration.ofMillis(100);

    private final long seed = Long.getLong("broadsheet.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Which node has an attempt under way, by recipient; and whose attempts met. */
    private final Map<String, Integer> underway = new ConcurrentHashMap<>();

    private final Queue<String> overlapping = new ConcurrentLinkedQueue<>();

    @OnBothDatabases
    void two_nodes_never_send_one_delivery_at_once_and_lose_none(TestDatabase test) throws Exception {
        if (test.isSqlite()) {
            return; // it refuses a second serve
        }
        try (SmtpSink first = SmtpSink.open();
                SmtpSink second = SmtpSink.open()) {
            List<SmtpSink> sinks = List.of(first, second);
            List<InstalledHome> homes = new ArrayList<>();
            for (int node = 0; node < sinks.size(); node++) {
                int own = node;
                sinks.get(node).answer((at, to) -> answer(own, at, to));
                homes.add(home(test, "node" + node, sinks.get(node)));
            }
            prepare(homes);

            Process[] nodes = {homes.get(0).launch("serve"), homes.get(1).launch("serve")};
            try {
                for (int kill = 1; kill <= KILLS; kill++) {
                    int target = count(sinks) + 1 + random.nextInt(Math.max(1, RECIPIENTS / (KILLS + 2)));
                    eventually(
                            "it is in the midst of it",
                            LONG,
                            () -> count(sinks) >= target || count(sinks) >= RECIPIENTS);
                    int victim = random.nextInt(nodes.length);
                    nodes[victim].destroyForcibly().waitFor();
                    underway.values().removeIf(node -> node == victim);
                    nodes[victim] = homes.get(victim).launch("serve");
                }
                eventually("all have it", LONG, () -> recipients(sinks) == RECIPIENTS);
                eventually(
                        "it is sent", LONG, () -> editions(homes.get(0), "sent").size() == 1);
                eventually(
                        "both build their feeds",
                        () -> homes.stream().allMatch(home -> Files.exists(home.file("feeds/news.rss"))));
            } catch (AssertionError e) {
                for (InstalledHome home : homes) {
                    System.out.println(Files.readString(home.file("launched.log")));
                }
                throw e;
            } finally {
                for (Process node : nodes) {
                    node.destroy();
                    node.waitFor();
                }
            }

            holds(sinks);
            assertThat(homes.get(0).file("feeds/news.rss"))
                    .hasSameTextualContentAs(homes.get(1).file("feeds/news.rss"));
            List<String> slots = editions(homes.get(0), "").stream()
                    .map(edition -> String.valueOf(edition.get("slot")))
                    .toList();
            assertThat(slots).as("seed %d: one edition a slot", seed).doesNotHaveDuplicates();
        }
    }

    private String answer(int node, At at, String recipient) {
        if (at == At.RCPT) {
            Integer other = underway.put(recipient, node);
            if (other != null && other != node) {
                overlapping.add(recipient);
            }
        } else if (at == At.DOT) {
            LockSupport.parkNanos(DOT.toNanos());
            underway.remove(recipient, node);
        }
        return null;
    }

    private void holds(List<SmtpSink> sinks) {
        Map<String, Set<String>> messageIds = new HashMap<>();
        taken(sinks)
                .forEach(one -> messageIds
                        .computeIfAbsent(one.recipient(), to -> new HashSet<>())
                        .add(one.messageId()));
        int repeats = count(sinks) - RECIPIENTS;
        System.out.println(RECIPIENTS + " recipients, two nodes ("
                + sinks.get(0).count() + " and "
                + sinks.get(1).count() + "), " + KILLS + " kills: lost 0, repeated " + repeats + ", overlapping "
                + overlapping.size());
        assertThat(overlapping).as("seed %d: attempts at once", seed).isEmpty();
        assertThat(messageIds).as("seed %d: nobody is left out", seed).hasSize(RECIPIENTS);
        assertThat(messageIds.values())
                .as("seed %d: a repeat has the same Message-ID", seed)
                .allMatch(ids -> ids.size() == 1);
        assertThat(repeats).as("seed %d: repeats", seed).isLessThanOrEqualTo(KILLS * CONNECTIONS);
    }

    private static List<Taken> taken(List<SmtpSink> sinks) {
        return sinks.stream().flatMap(sink -> sink.taken().stream()).toList();
    }

    private static int count(List<SmtpSink> sinks) {
        return sinks.stream().mapToInt(SmtpSink::count).sum();
    }

    private static long recipients(List<SmtpSink> sinks) {
        return taken(sinks).stream().map(Taken::recipient).distinct().count();
    }

    private static List<Map<?, ?>> editions(InstalledHome home, String state) throws IOException, InterruptedException {
        List<Map<?, ?>> editions = new ArrayList<>();
        for (String line : home.run("edition", "list", "--limit", "1000", "--json")
                .out()
                .lines()
                .toList()) {
            Map<?, ?> edition = Json.read(line, Map.class);
            if (state.isEmpty() || state.equals(edition.get("state"))) {
                editions.add(edition);
            }
        }
        return editions;
    }

    private static void prepare(List<InstalledHome> homes) throws IOException, InterruptedException {
        InstalledHome first = homes.get(0);
        StringBuilder readers = new StringBuilder("email\n");
        IntStream.rangeClosed(1, RECIPIENTS)
                .forEach(number -> readers.append("r").append(number).append("@example.org\n"));
        first.write("readers.csv", readers.toString());
        done(first.run(
                "subscriber",
                "import",
                first.file("readers.csv").toString(),
                "--newsletter",
                "news",
                "--confirmed",
                "test"));
        Files.createDirectories(homes.get(1).file("data"));
        Files.copy(first.file("data/secret"), homes.get(1).file("data/secret"));
        done(first.run("collect"));
    }

    private static InstalledHome home(TestDatabase test, String name, SmtpSink sink) throws IOException {
        InstalledHome home = new InstalledHome(test.home().resolve(name));
        home.write("config/broadsheet.yml", """
                site: { title: Example Newsroom, url: "https://news.example.org" }
                server: { listen: "127.0.0.1:0" }
                database: { url: "%s" }
                mail:
                  from: Example Newsroom <news@news.example.org>
                  smtp: { host: 127.0.0.1, port: %d, connections: %d }
                """.formatted(test.address().url(), sink.port(), CONNECTIONS));
        home.write("config/sources.yml", "- { name: releases, kind: folder, path: releases, backlog: 5 }\n");
        home.write("config/feeds.yml", "- { name: news, title: All news }\n");
        home.write("config/newsletters.yml", """
                - name: news
                  title: Example News
                  subject: News
                  cadences: [{ name: often, cron: "0/3 * * * * ?" }]
                """);
        home.write("releases/one.txt", "Harbour bridge reopens\n\nThe bridge is open again, the port said.\n");
        return home;
    }

    private static void done(InstalledHome.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
}
