package io.broadsheet.whole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Cycles over very many feeds of one local server, by the built program with a heap of 256 MB: the first one; one in which two thirds answer 304 and
 * each other feed shows one new story; one in which nothing changed. Beside each, the same feeds asked by a plain HTTP client that does nothing with
 * them. Arguments: how many feeds, and how many stories each shows.
 */
final class CycleBench {
    private static final int WORDS = 150;
    private static final int PLAIN_CLIENTS = 16;

    /** More options of the program's own Java, for a profile. */
    private static final List<String> OPTIONS =
            System.getProperty("broadsheet.collect-options", "").lines().toList();

    private final int feeds;
    private final int stories;
    private final AtomicInteger cycle = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unmodified = new AtomicLong();

    private CycleBench(int feeds, int stories) {
        this.feeds = feeds;
        this.stories = stories;
    }

    public static void main(String[] args) throws Exception {
        new CycleBench(
                        args.length > 0 ? Integer.parseInt(args[0]) : 10_000,
                        args.length > 1 ? Integer.parseInt(args[1]) : 5)
                .run();
        System.exit(0);
    }

    private void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PLAIN_CLIENTS);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (BenchHome home = new BenchHome("jdbc:sqlite:data/broadsheet.db", "", 0)) {
            StringBuilder sources = new StringBuilder();
            for (int number = 0; number < feeds; number++) {
                sources.append("- { name: feed-%d, kind: feed, url: \"%s%d\" }%n".formatted(number, base, number));
            }
            home.write("config/sources.yml", sources.toString());
            home.write(
                    "config/broadsheet.yml",
                    Files.readString(home.file("config/broadsheet.yml"))
                            + "fetch: { allow-private: [\"127.0.0.1/32\"], ports: ["
                            + server.getAddress().getPort() + "] }\n");
            home.run("apply");
            plain(base, false);
            collect(home, "first cycle");
            cycle.set(1);
            plain(base, true);
            collect(home, "two thirds unchanged");
            plain(base, true);
            collect(home, "nothing changed");
        } finally {
            server.stop(0);
            threads.shutdown();
        }
    }

    /** Each third feed changes from cycle to cycle. */
    private int version(int number) {
        return number % 3 == 0 ? cycle.get() : 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        int number = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
        int version = version(number);
        String etag = "\"" + version + "\"";
        answered.incrementAndGet();
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            unmodified.incrementAndGet();
            exchange.sendResponseHeaders(304, -1);
        } else {
            byte[] feed = feed(number, version).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            exchange.sendResponseHeaders(200, feed.length);
            exchange.getResponseBody().write(feed);
        }
        exchange.close();
    }

    private String feed(int number, int version) {
        StringBuilder feed = new StringBuilder(
                "<rss version=\"2.0\"><channel><title>Feed %d</title><link>https://n%d.example.org/</link><description/>"
                        .formatted(number, number));
        for (int story = version + stories; story > version; story--) {
            Random random = new Random(number * 1_000L + story);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < WORDS; word++) {
                text.append(Integer.toString(random.nextInt(20_000) + 20_000, 36))
                        .append(' ');
            }
            feed.append(
                    "<item><title>Story %d of %d %s</title><link>https://n%d.example.org/%d</link><guid>https://n%d.example.org/%d</guid><description>%s</description></item>"
                            .formatted(story, number, text.substring(0, 20), number, story, number, story, text));
        }
        return feed.append("</channel></rss>").toString();
    }

    /** What the server itself is good for: each feed asked once, answers thrown away. */
    private void plain(String base, boolean conditional) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(PLAIN_CLIENTS);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Stopwatch watch = Stopwatch.start();
        for (int number = 0; number < feeds; number++) {
            HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(base + number));
            if (conditional && number % 3 != 0) {
                asked.header("If-None-Match", "\"0\"");
            }
            HttpRequest request = asked.build();
            clients.submit(() -> client.send(request, BodyHandlers.ofByteArray()));
        }
        clients.shutdown();
        if (!clients.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("the server does not answer");
        }
        say("  a plain client: %.1f s", seconds(watch));
    }

    private void collect(BenchHome home, String what) throws Exception {
        answered.set(0);
        unmodified.set(0);
        Path log = home.file("gc.log");
        Files.deleteIfExists(log);
        Path out = home.file("collect.json");
        Files.deleteIfExists(out);
        Stopwatch watch = Stopwatch.start();
        List<String> options = new ArrayList<>(List.of("-Xmx256m", "-Xlog:gc:file=" + log));
        options.addAll(OPTIONS);
        Process process = home.start(options, out, "collect", "--json");
        long cpu = 0;
        long written = 0;
        while (process.isAlive()) {
            cpu = Math.max(
                    cpu, process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
            written = Math.max(written, written(process));
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        String said = Files.readString(out);
        say(
                "%s: %.1f s, %.1f CPU seconds, exit code %d, %d answers, %d of them 304, %d KiB written, heap %s; %s",
                what,
                seconds(watch),
                cpu / 1000.0,
                process.exitValue(),
                answered.get(),
                unmodified.get(),
                written >> 10,
                heap(log),
                said.substring(Math.max(0, said.length() - 40)).strip());
    }

    /** What it had written to files, sockets left out, by Linux's account of the process. */
    private static long written(Process process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "io")).stream()
                    .filter(line -> line.startsWith("write_bytes:"))
                    .mapToLong(line -> Long.parseLong(line.substring(13).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Before and after collections: the largest of each in the collector's log, such as {@code 41M->12M(128M)}. */
    private static String heap(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> line.matches(".*\\d+M->\\d+M\\(.*"))
                .toList();
        int before = lines.stream()
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".* (\\d+)M->.*", "$1")))
                .max()
                .orElse(0);
        int after = lines.stream()
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*->(\\d+)M\\(.*", "$1")))
                .max()
                .orElse(0);
        return "at most " + before + " MiB, " + after + " MiB after a collection";
    }

    private static double seconds(Stopwatch since) {
        return since.elapsed().toMillis() / 1000.0;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
