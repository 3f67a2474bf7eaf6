package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.SmtpSink.At;
import io.broadsheet.whole.InstalledHome.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk has no room left while an edition is under way: delivery holds and says so, nothing is lost, and it goes on when there is room. */
@Tag("whole")
class FullDiskTest {
    private static final int RECIPIENTS = Integer.getInteger("broadsheet.recipients", 1_000);
    private static final int CONNECTIONS = 5;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private SmtpSink sink;
    private InstalledHome home;

    @BeforeEach
    void open() throws IOException {
        sink = SmtpSink.open();
        sink.answer((at, recipient) -> {
            if (at == At.DOT) {
                LockSupport.parkNanos(Duration.ofMillis(4).toNanos());
            }
            return null;
        });
        home = new InstalledHome(folder.resolve("news"));
        Files.createDirectories(home.file("data"));
    }

    @AfterEach
    void close() throws IOException {
        sink.close();
    }

    @Test
    void delivery_holds_while_the_disk_is_full_and_goes_on_when_there_is_room() throws Exception {
        assumeTrue(mounted(), "no tmpfs can be mounted: not root");
        try {
            prepare();

            Process sending = home.launch("edition", "send", "news", "--yes");
            eventually("it is in the midst of it", SOON, () -> sink.count() > RECIPIENTS / 10);
            fill(home.file("data/filler"));
            eventually("it says that the disk is full", SOON, () -> said().contains("disk is full"));
            int held = heldAt();
            Files.delete(home.file("data/filler"));
            assertThat(sending.waitFor()).as(said()).isZero();

            assertThat(held).as("it was held before the end").isLessThan(RECIPIENTS);
            assertThat(said()).contains("it takes no records of deliveries").contains("has space");
            everybodyHasIt(0);
        } finally {
            run("umount", home.file("data").toString());
        }
    }

    @Test
    void a_process_that_can_write_no_more_loses_nothing() throws Exception {
        prepare();
        long kibibytes = Files.size(home.file("data/broadsheet.db")) / 1024 + 64;

        Process sending = home.launchLimited(kibibytes, "edition", "send", "news", "--yes");
        eventually(
                "it says that nothing can be written",
                SOON,
                () -> said().contains("takes no records") || !sending.isAlive());
        heldAt();
        sending.destroyForcibly().waitFor();
        Ended again = home.run("edition", "send", "news", "--yes", "--json");

        assertThat(again.exitCode()).as(again.err()).isZero();
        everybodyHasIt(CONNECTIONS);
    }

    /** How many were out when nothing went out any more. */
    private int heldAt() {
        int[] last = {-1};
        long[] since = {System.nanoTime()};
        eventually("nothing more goes out", SOON, () -> {
            if (sink.count() != last[0]) {
                last[0] = sink.count();
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > Duration.ofMillis(500).toNanos();
        });
        return last[0];
    }

    private void prepare() throws Exception {
        home.write("config/broadsheet.yml", """
                site: { title: Example Newsroom, url: "https://news.example.org" }
                server: { listen: "127.0.0.1:0" }
                database: { url: "jdbc:sqlite:data/broadsheet.db" }
                mail:
                  from: Example Newsroom <news@news.example.org>
                  smtp: { host: 127.0.0.1, port: %d, security: none, connections: %d }
                """.formatted(sink.port(), CONNECTIONS));
        home.write("config/sources.yml", "- { name: releases, kind: folder, path: releases, backlog: 5 }\n");
        home.write("config/feeds.yml", "- { name: news, title: All news }\n");
        home.write(
                "config/newsletters.yml",
                "- { name: news, title: Example News, subject: News, cadences: [{ name: each }] }\n");
        home.write("releases/one.txt", "Harbour bridge reopens\n\nThe bridge is open again, the port said.\n");
        home.write(
                "readers.csv",
                IntStream.rangeClosed(1, RECIPIENTS)
                        .mapToObj(number -> "r" + number + "@example.org\n")
                        .collect(Collectors.joining("", "email\n", "")));
        done(home.run("collect"));
        String readers = home.file("readers.csv").toString();
        done(home.run("subscriber", "import", readers, "--newsletter", "news", "--confirmed", "test"));
    }

    private void everybodyHasIt(int repeatsMax) {
        Set<SmtpSink.Taken> distinct = new HashSet<>(sink.taken());
        int repeated = sink.taken().size() - distinct.size();
        System.out.println("disk full, " + RECIPIENTS + " recipients: lost " + (RECIPIENTS - distinct.size())
                + ", repeated " + repeated);
        assertThat(distinct).as("each has its mail, under one Message-ID").hasSize(RECIPIENTS);
        assertThat(repeated).isLessThanOrEqualTo(repeatsMax);
    }

    private boolean mounted() throws IOException, InterruptedException {
        String data = home.file("data").toString();
        boolean done = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data) == 0;
        if (!done) {
            System.err.println(
                    "SKIPPED: a full disk that gets room again: no tmpfs can be mounted; ulimit -f is tried");
        }
        return done;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Until not one more octet fits. */
    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private String said() throws IOException {
        return Files.readString(home.file("launched.log"));
    }

    private static void done(Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }
}
