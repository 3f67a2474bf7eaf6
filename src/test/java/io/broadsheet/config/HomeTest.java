package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void a_home_is_made_with_its_four_folders_and_making_it_again_is_harmless() throws Exception {
        Home home = Home.at(folder.resolve("new")).create();
        Files.writeString(home.config(Home.SOURCES), "[]");

        home.create();

        assertThat(home.folder()).isDirectoryContaining(path -> path.endsWith("data"));
        assertThat(home.templates()).isDirectory();
        assertThat(home.feeds()).isDirectory();
        assertThat(home.config(Home.SOURCES)).hasContent("[]");
    }

    @Test
    void a_relative_sqlite_file_starts_at_the_home_and_other_databases_are_left_alone() {
        Home home = Home.at(folder);

        assertThat(home.databaseUrl("jdbc:sqlite:data/b.db")).isEqualTo("jdbc:sqlite:" + folder.resolve("data/b.db"));
        assertThat(home.databaseUrl("jdbc:sqlite:/srv/b.db")).isEqualTo("jdbc:sqlite:/srv/b.db");
        assertThat(home.databaseUrl("jdbc:postgresql://db.example.org/b"))
                .isEqualTo("jdbc:postgresql://db.example.org/b");
    }

    @Test
    void a_template_of_the_home_comes_first_and_no_name_climbs_out_of_the_templates() throws Exception {
        Home home = Home.at(folder).create();
        Files.createDirectories(home.templates().resolve("mail/mine"));
        Files.writeString(home.templates().resolve("mail/mine/html.vm"), "mine");
        Files.writeString(home.data().resolve("secret"), "hidden");

        assertThat(home.template("mail/mine/html.vm")).get().asString().contains("mine/html.vm");
        assertThat(home.template("../data/secret")).isEmpty();
        assertThat(home.missingMailParts("mine")).containsExactly("text.vm");
    }

    @Test
    void a_folder_without_config_is_no_home() throws IOException {
        assertThatThrownBy(() -> Home.at(folder.resolve("mistyped")).expectThere())
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("mistyped: no home is there", "broadsheet init");
        Files.createDirectory(folder.resolve("config"));
        assertThat(Home.at(folder).expectThere()).isEqualTo(Home.at(folder));
    }
}
