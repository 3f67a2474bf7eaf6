package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationSecretTest {
    @TempDir
    Path folder;

    @Test
    void it_is_made_once_and_for_its_owner_alone() throws IOException {
        Home home = Home.at(folder);

        byte[] first = InstallationSecret.of(home);
        byte[] second = InstallationSecret.of(home);

        assertThat(first).hasSize(32).isEqualTo(second);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.secret())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(home.data())) {
            assertThat(files).containsExactly(home.secret());
        }
    }

    @Test
    void a_damaged_one_is_an_error_with_the_mend() throws IOException {
        Home home = Home.at(folder);
        Files.createDirectories(home.data());
        Files.writeString(home.secret(), "not hex");

        assertThatThrownBy(() -> InstallationSecret.of(home))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("restore it from a backup");
    }
}
