package io.broadsheet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final Instant WHEN = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void a_reader_beside_a_writer_never_sees_half_a_file(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("news.rss");
        WholeFile.write(file, filled(0), WHEN);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Callable<Integer> reading = () -> {
                int reads = 0;
                while (!Thread.currentThread().isInterrupted() && reads < 3_000) {
                    byte[] seen = Files.readAllBytes(file);
                    assertThat(seen).isEqualTo(filled(seen[0]));
                    reads++;
                }
                return reads;
            };
            Future<Integer> reader = threads.submit(reading);

            int writes = 0;
            while (!reader.isDone() && writes < 2_000) {
                writes++;
                WholeFile.write(file, filled(writes % 100), WHEN.plusMillis(writes));
            }

            assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    /** The value decides the length too, so that a mixture of two files would show. */
    private static byte[] filled(int value) {
        byte[] bytes = new byte[20_000 + value * 101];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell's ulimit makes the disk full")
    void when_the_disk_is_full_the_old_file_stays_whole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("news.rss");
        WholeFile.write(file, "old".getBytes(), WHEN);
        String java = ProcessHandle.current().info().command().orElse("java");

        // A process that may write no file over 8 blocks stands for a disk without room.
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 8; exec \"$0\" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        java,
                        System.getProperty("java.class.path"),
                        Filling.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("news.rss");
    }

    /** Writes more than it may; ends with 3 when the system says so. */
    static final class Filling {
        public static void main(String[] arguments) {
            try {
                WholeFile.write(Path.of(arguments[0]), new byte[1 << 20], WHEN);
            } catch (IOException e) {
                System.exit(3);
            }
        }
    }
}
