package io.broadsheet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.Home;
import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewHomeTest {
    @TempDir
    Path folder;

    @Test
    void a_new_home_has_commented_config_a_sample_release_and_its_four_folders() throws IOException {
        List<String> written = NewHome.write(Home.at(folder.resolve("news")));

        assertThat(written)
                .contains(
                        "config/broadsheet.yml",
                        "config/newsletters.yml",
                        "templates/README.md",
                        "releases/harbour-bridge.txt");
        assertThat(folder.resolve("news/data")).isDirectory();
        assertThat(Files.readString(folder.resolve("news/config/broadsheet.yml")))
                .contains("#");
    }

    @Test
    void an_empty_folder_is_taken() {
        assertThat(NewHome.write(Home.at(folder))).isNotEmpty();
    }

    @Test
    void a_folder_with_anything_in_it_is_left_alone() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> NewHome.write(Home.at(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not empty");
        assertThat(folder.toFile().list()).containsExactly("thesis.txt");
    }

    @Test
    void a_second_init_changes_nothing_and_says_that_there_is_a_home() throws IOException {
        NewHome.write(Home.at(folder));
        Files.writeString(folder.resolve("config/sources.yml"), "mine");

        assertThatThrownBy(() -> NewHome.write(Home.at(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is a home already");
        assertThat(folder.resolve("config/sources.yml")).hasContent("mine");
    }
}
