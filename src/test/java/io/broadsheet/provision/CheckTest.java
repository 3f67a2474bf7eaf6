package io.broadsheet.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Problem;
import io.broadsheet.newsletter.TemplateSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.at(folder).create();
    }

    private List<String> check() {
        return new Check(home, TemplateSyntax.UNCHECKED)
                .check().stream().map(Problem::toString).toList();
    }

    @Test
    void an_empty_home_has_nothing_wrong() {
        assertThat(check()).isEmpty();
    }

    @Test
    void what_is_wrong_in_all_four_files_is_told_at_once_in_their_order() throws Exception {
        Files.writeString(home.config(Home.SETTINGS), "site: { titel: News }\n");
        Files.writeString(
                home.config(Home.SOURCES), "- { name: press, kind: folder, path: press }\n- { name: city }\n");
        Files.writeString(home.config(Home.FEEDS), "- { name: news, select: { sources: [city, pres] } }\n");
        Files.writeString(
                home.config(Home.NEWSLETTERS), "\n- { name: news, template: nowhere, cadences: [{ name: each }] }\n");

        assertThat(check())
                .containsExactly(
                        "config/broadsheet.yml:1: unknown key 'titel'; did you mean 'title'?",
                        "config/sources.yml:2: key 'kind' is missing",
                        "config/feeds.yml:1: 'sources': unknown source 'pres'; did you mean 'press'?",
                        "config/newsletters.yml:2: templates/mail/nowhere/html.vm is not there; write it, or use 'digest'",
                        "config/newsletters.yml:2: templates/mail/nowhere/text.vm is not there; write it, or use 'digest'");
    }

    @Test
    void sources_that_cannot_be_read_do_not_make_every_selection_wrong() throws Exception {
        Files.writeString(home.config(Home.SOURCES), "- name: a: b\n");
        Files.writeString(home.config(Home.FEEDS), "- { name: news, select: { sources: [press] } }\n");

        assertThat(check()).singleElement().asString().startsWith("config/sources.yml:1: not YAML");
    }
}
