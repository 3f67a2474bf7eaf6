package io.broadsheet.whole;

import io.broadsheet.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A home with very many readers, and the built program on it as {@code ./broadsheet} starts it. Deleted when closed. */
final class BenchHome implements AutoCloseable {
    private static final Path JAR = Path.of("target", "broadsheet.jar").toAbsolutePath();
    private static final String SENTENCE =
            "The harbour bridge, closed since spring, reopens to all traffic on Monday morning.";

    private final Path folder;
    private int releases;

    /**
     * @param mail the YAML lines of {@code mail}, indented by two
     * @param kilobytes about how large each message is; below 10: the shipped digest as it is
     */
    BenchHome(String databaseUrl, String mail, int kilobytes) throws IOException {
        this.folder = Files.createTempDirectory("broadsheet-bench");
        write("config/broadsheet.yml", """
                site: { title: Example Newsroom, url: "https://news.example.org" }
                server: { listen: "127.0.0.1:0" }
                database: { url: "%s" }
                mail:
                  from: Example Newsroom <news@news.example.org>
                """.formatted(databaseUrl) + mail);
        write("config/sources.yml", "- { name: releases, kind: folder, path: releases, backlog: 1 }\n");
        write("config/feeds.yml", "- { name: news, title: All news }\n");
        write("config/newsletters.yml", """
                - name: news
                  title: Example News
                  subject: News
                  template: %s
                  cadences: [{ name: monthly, cron: "0 0 7 1 * ?" }]
                """.formatted(kilobytes < 10 ? "digest" : "large"));
        int lines = kilobytes < 10 ? 0 : (kilobytes - 9) * 1024 / 100;
        // Personal values are written out and never asked for, as a newsletter has them.
        write(
                "templates/mail/large/html.vm",
                shipped("html.vm")
                        + ("<p>" + SENTENCE + " $reader.email</p>\n").repeat(1)
                        + ("<p>" + SENTENCE + "</p>\n").repeat(lines * 5 / 6));
        write("templates/mail/large/text.vm", shipped("text.vm") + (SENTENCE + "\n").repeat(lines / 6));
    }

    private static String shipped(String name) throws IOException {
        return Files.readString(Path.of("templates/mail/digest", name));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    /** {@code r1@example.org} to {@code rN@example.org}. */
    void readers(int count) throws IOException, InterruptedException {
        try (BufferedWriter csv = Files.newBufferedWriter(file("readers.csv"))) {
            csv.write("email\n");
            for (int number = 1; number <= count; number++) {
                csv.write("r" + number + "@example.org\n");
            }
        }
        run("subscriber", "import", file("readers.csv").toString(), "--newsletter", "news", "--confirmed", "bench");
    }

    /** One more article, collected. */
    void release() throws IOException, InterruptedException {
        releases++;
        write(
                "releases/" + releases + ".txt",
                "Release number " + releases + " about the harbour\n\nThe port said so on day " + releases + ".\n");
        run("collect");
    }

    /** Runs a command to its end and answers what it printed. */
    String run(String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = start(List.of("-Xmx256m"), out, args);
        int exit = process.waitFor();
        String said = Files.readString(out);
        if (exit != 0 && exit != 3) {
            throw new IllegalStateException(List.of(args) + " ended with " + exit + ": " + said + log());
        }
        return said;
    }

    /** Starts a command and leaves it running; what it logs is in {@link #log}. */
    Process start(List<String> options, Path out, String... args) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString(), "--home", folder.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(file("bench.log").toFile()))
                .start();
    }

    String log() throws IOException {
        return Files.exists(file("bench.log")) ? Files.readString(file("bench.log")) : "";
    }

    static Map<?, ?> json(String said) {
        return Json.read(said.strip(), Map.class);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
