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

    @Test
    void a_signing_key_that_is_missing_and_a_sender_that_no_key_is_for_are_told() throws Exception {
        Files.writeString(home.config(Home.SETTINGS), """
                mail:
                  from: News <news@news.example.net>
                  dkim:
                    - { domain: news.example.org, selector: a, key: file:secrets/a.pem }
                """);
        Files.writeString(
                home.config(Home.NEWSLETTERS),
                "- { name: news, from: a@de.news.example.org, cadences: [{ name: each }] }\n");

        assertThat(check())
                .containsExactly(
                        "config/broadsheet.yml:4: " + home.resolve("secrets/a.pem")
                                + ": the key is not there; make one with 'broadsheet dkim new'",
                        "config/broadsheet.yml:4: no key is of the domain news.example.net that mail.from is from, so that its mail"
                                + " would go unsigned; run 'broadsheet dkim new --domain news.example.net'");
    }

    @Test
    void a_signing_key_written_into_config_is_refused() throws Exception {
        Files.writeString(
                home.config(Home.SETTINGS),
                "mail: { dkim: [{ domain: example.org, selector: A_b, key: secrets/a.pem }] }\n");

        assertThat(check())
                .hasSize(2)
                .anyMatch(line -> line.contains("'A_b' is not a selector"))
                .anyMatch(line -> line.contains("write file: and the path"));
    }
}
