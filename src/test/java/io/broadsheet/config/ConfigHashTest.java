package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigHashTest {
    @TempDir
    Path folder;

    @Test
    void the_hash_changes_with_every_byte_and_tells_a_missing_file_from_an_empty_one() throws Exception {
        Home home = Home.at(folder).create();

        String none = ConfigHash.of(home);
        Files.writeString(home.config(Home.FEEDS), "");
        String empty = ConfigHash.of(home);
        Files.writeString(home.config(Home.FEEDS), "#");
        String comment = ConfigHash.of(home);

        assertThat(none).hasSize(64);
        assertThat(java.util.Set.of(none, empty, comment)).hasSize(3);
        assertThat(ConfigHash.of(home)).isEqualTo(comment);
    }
}
