package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built jar and one home, used as a person at a terminal would; each command is a process of its own. */
final class InstalledHome {
    private static final Path JAR = Path.of("target", "broadsheet.jar").toAbsolutePath();
    private static final String HEAP = "-Xmx128m";
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("broadsheet.longest-seconds", 90));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;

    InstalledHome(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    /** Runs a command on this home to its end. */
    Ended run(String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--home", folder.toString()));
        all.addAll(List.of(args));
        return bare(all.toArray(String[]::new));
    }

    /** Runs a command on this home to its end, with a heap of so many MiB instead of what tests usually have. */
    Ended runWithin(int heapMib, String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command("--home", folder.toString()));
        all.set(all.indexOf(HEAP), "-Xmx" + heapMib + "m");
        all.addAll(List.of(args));
        return ended(all);
    }

    /** Runs a command without naming the home. */
    Ended bare(String... args) throws IOException, InterruptedException {
        return ended(command(args));
    }

    private static Ended ended(List<String> args) throws IOException, InterruptedException {
        Path out = Files.createTempFile("broadsheet", "out");
        Path err = Files.createTempFile("broadsheet", "err");
        Process process = started(out, err, args);
        try {
            assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends; it said %s", args, Files.readString(err))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Process start(Path out, Path err, String... args) throws IOException {
        return started(out, err, command(args));
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(args));
        return command;
    }

    private static Process started(Path out, Path err, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                .start();
    }

    /** Starts a command on this home and leaves it running. */
    Process launch(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("--home", folder.toString()));
        all.addAll(List.of(args));
        Path said = file("launched.log");
        Files.createDirectories(folder);
        return start(said, said, all.toArray(String[]::new));
    }

    /** The same, in a process that can't make a file longer than so many KiB: a disk without room. */
    Process launchLimited(long kibibytes, String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "-"));
        all.addAll(command("--home", folder.toString()));
        all.addAll(List.of(args));
        return started(file("launched.log"), file("launched.log"), all);
    }

    /** Starts `serve` and waits until it says where it listens. */
    Server serve() throws IOException {
        Path said = file("data/serve.out");
        Path err = file("data/serve.err");
        Process process = start(said, err, "serve", "--home", folder.toString());
        eventually("serve says where it listens", () -> {
            assertThat(process.isAlive())
                    .as("serve lives; it said %s", Files.readString(err))
                    .isTrue();
            return Files.exists(file("data/serve.json"));
        });
        Map<?, ?> announced = Json.read(Files.readString(file("data/serve.json")), Map.class);
        return new Server(process, URI.create(String.valueOf(announced.get("address"))), announced);
    }

    HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @param announced data/serve.json */
    record Server(Process process, URI address, Map<?, ?> announced) implements AutoCloseable {
        /** SIGTERM, and the exit code that it ends with. */
        int terminate() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("serve ends after SIGTERM")
                    .isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** How a command ended, and what it said. */
    record Ended(int exitCode, String out, String err) {
        Map<?, ?> json() {
            assertThat(out).as("exit code %s, %s", exitCode, err).isNotEmpty();
            return Json.read(out, Map.class);
        }
    }
}
