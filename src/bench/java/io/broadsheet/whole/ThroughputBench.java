package io.broadsheet.whole;

import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Delivery by the built program from its queue, beside Postfix's {@code smtp-source} and nodemailer's pool, into one Postfix {@code smtp-sink}: ten
 * connections each, a personalised message of about 40 KB a recipient, rounds taken in turns. Prints medians with lowest and highest, and ratios.
 *
 * <p>Our rate is of the journal: recipients over the time from the first to the last reply written down, with {@code serve} running as an
 * installation has it. Arguments: recipients, rounds, {@code sqlite} or {@code postgres}, {@code none}, {@code rsa} or {@code both} (DKIM).
 * {@code -Dbroadsheet.alone=true} leaves the others out, for profiling; {@code -Dbroadsheet.postgres-options=" -c ..."} goes to the server.
 */
final class ThroughputBench {
    private static final int CONNECTIONS = 10;
    private static final int KILOBYTES = 40;
    private static final int START_SECONDS = 30;

    private final int recipients;
    private final String dkim;
    private final int sinkPort;
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    private ThroughputBench(int recipients, String dkim, int sinkPort) {
        this.recipients = recipients;
        this.dkim = dkim;
        this.sinkPort = sinkPort;
    }

    public static void main(String[] args) throws Exception {
        int recipients = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        boolean postgres = args.length > 2 && args[2].equals("postgres");
        String dkim = args.length > 3 ? args[3] : "none";
        int port = free();
        Process sink = new ProcessBuilder("smtp-sink", "-u", "nobody", "127.0.0.1:" + port, "200")
                .inheritIO()
                .start();
        try {
            ThroughputBench bench = new ThroughputBench(recipients, dkim, port);
            if (postgres) {
                try (DebianPostgres server = new DebianPostgres()) {
                    bench.run(server.url(), rounds);
                }
            } else {
                bench.run("jdbc:sqlite:data/broadsheet.db", rounds);
            }
        } finally {
            sink.destroy();
        }
        System.exit(0);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(String url, int rounds) throws Exception {
        try (BenchHome home = new BenchHome(url, mail(), KILOBYTES)) {
            Path key = keys(home);
            home.readers(recipients);
            Process serve = home.start(options(), home.file("serve.out"), "serve");
            awaitServe(home);
            try {
                // The first round warms up and is not counted.
                for (int round = 0; round <= rounds; round++) {
                    note(round, "broadsheet", ours(home));
                    if (!Boolean.getBoolean("broadsheet.alone")) {
                        others(round, key);
                    }
                }
            } finally {
                serve.destroy();
                serve.waitFor();
            }
        }
        System.out.printf(
                "%s, DKIM %s, %d recipients, %d connections, %d rounds, medians (lowest to highest)%n",
                url.startsWith("jdbc:sqlite") ? "SQLite" : "PostgreSQL", dkim, recipients, CONNECTIONS, rounds);
        double own = median("broadsheet");
        rates.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%s: %.0f/s (%.0f to %.0f), broadsheet is %.2f times as fast%n",
                name,
                median(name),
                Collections.min(all),
                Collections.max(all),
                own / median(name)));
    }

    private void others(int round, Path key) throws Exception {
        note(round, "smtp-source", source(false));
        note(round, "smtp-source, connections kept (-d)", source(true));
        note(round, "nodemailer, pooled", nodemailer(key));
    }

    /** {@code -Dbroadsheet.serve-options} adds some, such as a flight recorder. */
    private static List<String> options() {
        List<String> options = new ArrayList<>(List.of("-Xmx256m"));
        options.addAll(
                Stream.of(System.getProperty("broadsheet.serve-options", "").split(" "))
                        .filter(option -> !option.isEmpty())
                        .toList());
        return options;
    }

    private String mail() {
        String smtp = "  smtp: { host: 127.0.0.1, port: " + sinkPort + ", connections: " + CONNECTIONS + " }\n";
        return switch (dkim) {
            case "none" -> smtp;
            case "rsa" -> smtp + "  dkim:\n" + key("rsa");
            default -> smtp + "  dkim:\n" + key("rsa") + key("ed25519");
        };
    }

    private static String key(String algorithm) {
        return "    - { domain: news.example.org, selector: " + algorithm + ", key: file:data/" + algorithm
                + ".pem }\n";
    }

    /** Makes the keys of this run; answers the RSA key, which signs for nodemailer too, or null without DKIM. */
    private Path keys(BenchHome home) throws IOException, InterruptedException {
        if (dkim.equals("none")) {
            return null;
        }
        Files.createDirectories(home.file("data"));
        openssl(home.file("data/ed25519.pem"), "ED25519");
        return openssl(home.file("data/rsa.pem"), "RSA");
    }

    private static Path openssl(Path key, String algorithm) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("openssl", "genpkey", "-algorithm", algorithm, "-out", key.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("openssl made no " + algorithm + " key");
        }
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return key;
    }

    private static void awaitServe(BenchHome home) throws IOException {
        long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        while (!Files.exists(home.file("data/serve.json"))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("serve did not start: " + home.log());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void note(int round, String name, double rate) {
        System.out.printf(Locale.ROOT, "round %d: %s %.0f/s%n", round, name, rate);
        if (round > 0) {
            rates.computeIfAbsent(name, key -> new ArrayList<>()).add(rate);
        }
    }

    /** One more edition to all, from the first reply that was written down to the last. */
    private double ours(BenchHome home) throws IOException, InterruptedException {
        home.release();
        Map<?, ?> sent = BenchHome.json(home.run("edition", "send", "news", "--yes", "--json"));
        if (!Integer.valueOf(recipients).equals(sent.get("accepted"))) {
            throw new IllegalStateException("not all were accepted: " + sent + home.log());
        }
        long[] times = home.run("edition", "deliveries", String.valueOf(sent.get("edition")), "--json")
                .lines()
                .mapToLong(line -> Instant.parse(
                                String.valueOf(BenchHome.json(line).get("at")))
                        .toEpochMilli())
                .sorted()
                .toArray();
        return times.length / ((times[times.length - 1] - times[0]) / 1000.0);
    }

    private double source(boolean kept) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("smtp-source"));
        if (kept) {
            command.add("-d");
        }
        command.addAll(List.of("-s", Integer.toString(CONNECTIONS), "-m", Integer.toString(recipients)));
        command.addAll(List.of("-l", Integer.toString(KILOBYTES * 1024), "-f", "news@news.example.org"));
        command.addAll(List.of("-t", "r1@example.org", "127.0.0.1:" + sinkPort));
        Stopwatch since = Stopwatch.start();
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IOException("smtp-source ended with " + exit);
        }
        return recipients / (since.elapsed().toMillis() / 1000.0);
    }

    /** A fifth of the messages is enough for the slower one: it says itself how long they took, without its start. */
    private double nodemailer(Path key) throws IOException, InterruptedException {
        int messages = Math.max(1, recipients / 5);
        List<String> command = new ArrayList<>(List.of("node", "src/bench/node/send.js", Integer.toString(sinkPort)));
        command.addAll(List.of(Integer.toString(messages), Integer.toString(CONNECTIONS)));
        if (key != null) {
            command.add(key.toString());
        }
        Process node = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (node.waitFor() != 0) {
            throw new IOException("nodemailer failed; run 'npm ci' in src/bench/node");
        }
        return messages / Double.parseDouble(said.strip());
    }

    private double median(String name) {
        List<Double> all = rates.get(name).stream().sorted().toList();
        return all.get(all.size() / 2);
    }
}
