package io.broadsheet.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void a_write_waits_for_another_process_and_nothing_is_lost() throws Exception {
        try (Database database =
                Database.open(new DatabaseAddress("jdbc:sqlite:" + folder.resolve("x.db"), null, null, folder))) {
            database.writing(
                    tx -> tx.update("create table note (text text not null)").execute());
            Process other = holder(folder.resolve("x.db"));
            try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo("held");

                CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> database.write(
                        tx -> tx.update("insert into note values ('kept')").execute()));
                assertThatThrownBy(() -> written.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                assertThat(notes(database)).isZero();
                other.outputWriter(StandardCharsets.UTF_8).append("go\n").close();

                assertThat(written.get(20, TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(notes(database)).isEqualTo(1);
            } finally {
                other.destroyForcibly();
            }
        }
    }

    private static int notes(Database database) {
        return database.read(
                tx -> tx.query("select count(*) from note").mapTo(Integer.class).one());
    }

    private static Process holder(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
