package io.broadsheet.whole;

import io.broadsheet.test.SmtpSink;
import io.broadsheet.time.Stopwatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * One edition to very many readers, by the built program with a heap of 256 MB, into a sink that counts: CPU milliseconds a message in windows of
 * 50,000, and the database's bytes a delivery. Arguments: recipients, {@code sqlite} or {@code postgres}.
 */
final class MillionBench {
    private static final int WINDOW = 50_000;
    /** The compiler is still at work in the first ones (SETTLED: flatness counts after the first 100,000). */
    private static final int WARM_UP = 100_000;

    private MillionBench() {}

    public static void main(String[] args) throws Exception {
        int recipients = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        boolean postgres = args.length > 1 && args[1].equals("postgres");
        if (!postgres) {
            run("jdbc:sqlite:data/broadsheet.db", recipients, null);
        } else {
            try (DebianPostgres server = new DebianPostgres()) {
                run(server.url(), recipients, server);
            }
        }
        System.exit(0);
    }

    private static void run(String url, int recipients, DebianPostgres server) throws Exception {
        try (SmtpSink sink = SmtpSink.counting();
                BenchHome home = new BenchHome(
                        url, "  smtp: { host: 127.0.0.1, port: " + sink.port() + ", connections: 10 }\n", 0)) {
            Stopwatch importing = Stopwatch.start();
            home.readers(recipients);
            say("imported %d readers in %.1f s", recipients, seconds(importing));
            home.release();
            long before = bytes(home, server);
            Path out = home.file("send.json");
            Process send = home.start(
                    List.of("-Xmx256m", "-Xlog:gc:file=" + home.file("gc.log")),
                    out,
                    "edition",
                    "send",
                    "news",
                    "--yes",
                    "--json");
            Stopwatch since = Stopwatch.start();
            List<Double> cpu = windows(sink, send, since, recipients);
            int exit = send.waitFor();
            say(
                    "all in %.1f s, exit code %d: %s",
                    seconds(since), exit, Files.readString(out).strip());
            say("heap after collections: at most %s MiB", heap(home));
            say(
                    "database: %.0f bytes a delivery (%d MiB grew by %d MiB)",
                    (bytes(home, server) - before) / (double) recipients,
                    before >> 20,
                    (bytes(home, server) - before) >> 20);
            int from = Math.min(cpu.size() - 1, WARM_UP / WINDOW);
            double first = (cpu.get(from) + cpu.get(Math.min(cpu.size() - 1, from + 1))) / 2;
            double last = (cpu.get(cpu.size() - 1) + cpu.get(Math.max(0, cpu.size() - 2))) / 2;
            say(
                    "CPU a message: %.3f ms in the first 100,000 after warm-up, %.3f ms in the last 100,000: %.2f times",
                    first, last, last / first);
        }
    }

    /** CPU milliseconds a message of each window. */
    private static List<Double> windows(SmtpSink sink, Process send, Stopwatch since, int recipients) {
        List<Double> all = new ArrayList<>();
        long cpu = 0;
        double at = 0;
        int done = 0;
        while (done < recipients && send.isAlive()) {
            int target = Math.min(recipients, done + WINDOW);
            if (sink.count() == 0) {
                cpu = cpuMs(send);
                at = seconds(since);
            }
            if (sink.count() >= target) {
                long now = cpuMs(send);
                double second = seconds(since);
                double each = (now - cpu) / (double) (target - done);
                all.add(each);
                say("%d: %.3f CPU ms a message, %.0f messages/s", target, each, (target - done) / (second - at));
                cpu = now;
                at = second;
                done = target;
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
        return all;
    }

    private static long cpuMs(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private static double seconds(Stopwatch since) {
        return since.elapsed().toMillis() / 1000.0;
    }

    private static long bytes(BenchHome home, DebianPostgres server) throws Exception {
        Path file = home.file("data/broadsheet.db");
        return server != null ? server.size() : Files.size(file);
    }

    /** The largest "after" of the collector's log, such as {@code 41M->12M(128M)}. */
    private static int heap(BenchHome home) throws Exception {
        return Files.readAllLines(home.file("gc.log")).stream()
                .filter(line -> line.matches(".*\\d+M->\\d+M\\(.*"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*->(\\d+)M\\(.*", "$1")))
                .max()
                .orElse(0);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
