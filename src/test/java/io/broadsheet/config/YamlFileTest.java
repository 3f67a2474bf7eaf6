package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.at(folder).create();
    }

    /** Reads every kind of key once, and forgets the values. */
    private static String everyKind(YamlMap map) {
        map.text("template");
        map.line("title");
        map.flag("paused");
        map.whole("size", 1, 100);
        map.duration("every");
        map.url("url");
        map.zone("time-zone");
        map.language("language");
        map.mailbox("from");
        map.texts("tags");
        map.word("shade", Shade.class);
        map.map("nested", nested -> nested.text("inner"));
        return map.name("name");
    }

    private enum Shade {
        LIGHT_GREY,
        BLACK
    }

    private List<String> problems(String... lines) {
        return problems(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> problems(byte[] bytes) {
        try {
            Files.write(home.config(Home.SOURCES), bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return YamlFile.list(home, Home.SOURCES, YamlFileTest::everyKind).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everything_wrong_in_a_file_is_told_at_once_in_the_order_of_the_lines() {
        assertThat(problems(
                        "- name: one",
                        "  tempalte: digest",
                        "  size: many",
                        "- title: Two",
                        "  paused: maybe",
                        "- name: three",
                        "  tags: press",
                        "  name: four",
                        "  nested: { iner: x }"))
                .containsExactly(
                        "config/sources.yml:2: unknown key 'tempalte'; did you mean 'template'?",
                        "config/sources.yml:3: 'size': 'many' is not a whole number from 1 to 100",
                        "config/sources.yml:4: key 'name' is missing",
                        "config/sources.yml:5: 'paused': 'maybe' is neither true nor false",
                        "config/sources.yml:7: 'tags' must be a list, such as [one, two]",
                        "config/sources.yml:8: key 'name' is given twice, first in line 6; keep one",
                        "config/sources.yml:9: unknown key 'iner'; did you mean 'inner'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "every: 15x          | 'every': '15x' is not a duration; write 30s, 15m, 2h or 7d",
                "every: -5           | 'every': '-5' is not a duration; write 30s, 15m, 2h or 7d",
                "url: news.example   | 'url': 'news.example' is not a URL (it does not begin with http:// or https://); write one such as https://news.example.org/rss.xml",
                "url: https://a:b@news.example/ | 'url': a URL here carries no user name or password",
                "time-zone: Europe/Berln | 'time-zone': unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
                "time-zone: +02:00   | 'time-zone': unknown time zone '+02:00'; write one such as Europe/Berlin or UTC",
                "language: english   | 'language': 'english' is not a language tag; write one such as en, de or pt-BR",
                "shade: light-gray   | 'shade': unknown word 'light-gray'; did you mean 'light-grey'?",
                "from: news          | 'from': 'news' is not a mailbox; write news@example.org or Example News <news@example.org>",
                "size: 101           | 'size': '101' is not a whole number from 1 to 100",
                "size: [1]           | 'size' must be one value, not a list",
                "nested: text        | 'nested' must be a mapping, such as 'key: value'",
                "title: ''           | 'title' is empty; give it a value or remove it",
                "title: !ruby/x y    | 'title' has the tag !ruby/x, which means nothing here; remove it"
            })
    void a_wrong_value_is_told_with_what_would_be_right(String entry, String message) {
        assertThat(problems("- name: one", "  " + entry)).containsExactly("config/sources.yml:2: " + message);
    }

    @ParameterizedTest
    @CsvSource({"Press", "under_score", "-dash", "dash-", "'a b'", "a/b", "ä"})
    void a_name_of_other_signs_is_told(String name) {
        assertThat(problems("- name: " + (name.startsWith("-") ? "'" + name + "'" : name)))
                .singleElement()
                .asString()
                .contains("is not a name; use a-z, 0-9 and '-'");
    }

    @Test
    void a_key_without_a_value_counts_as_absent() {
        assertThat(problems("- name: one", "  title:", "  tags: ~", "  nested:"))
                .isEmpty();
        assertThat(problems("- name:")).containsExactly("config/sources.yml:1: key 'name' is missing its value");
    }

    @Test
    void a_slip_in_the_syntax_is_told_with_its_line_and_a_mend() {
        assertThat(problems("- name: one", "  title: News: daily"))
                .containsExactly("config/sources.yml:2: not YAML: mapping values are not allowed here"
                        + "; put a value that holds ': ' in quotes");
        assertThat(problems("- name: one", "\ttitle: x"))
                .singleElement()
                .asString()
                .startsWith("config/sources.yml:2: not YAML");
        assertThat(problems("- name: [one", "- name: two"))
                .singleElement()
                .asString()
                .contains(": not YAML");
        assertThat(problems("- name: one", "---", "- name: two"))
                .singleElement()
                .asString()
                .contains(": not YAML");
        assertThat(problems("- name: *nothing"))
                .singleElement()
                .asString()
                .startsWith("config/sources.yml:1: not YAML");
    }

    @Test
    void a_file_of_the_wrong_shape_is_told() {
        assertThat(problems("name: one"))
                .containsExactly("config/sources.yml:1: a list is wanted here; begin each entry with '- name: …'");
        assertThat(problems("- one")).first().asString().contains("this entry must be a mapping");
        assertThat(problems("- ? [a]", "  : b", "  name: one"))
                .containsExactly("config/sources.yml:1: a key must be a word");
    }

    @Test
    void bytes_that_are_no_text_are_told() {
        assertThat(problems(new byte[] {'-', ' ', (byte) 0xff}))
                .containsExactly("config/sources.yml:1: the file is not UTF-8; save it as UTF-8");
        assertThat(problems("- name: one", "  title: \u0007"))
                .singleElement()
                .asString()
                .startsWith("config/sources.yml:2: a character that YAML does not allow");
    }

    @Test
    void an_alias_shares_a_value_but_a_thousand_laughs_are_refused() {
        assertThat(problems("- name: one", "  tags: &t [a]", "- name: two", "  tags: *t"))
                .isEmpty();

        String laughs = "- &a [x]\n"
                + IntStream.range(0, 100).mapToObj(i -> "- [*a, *a]\n").collect(Collectors.joining());
        assertThat(problems(laughs)).singleElement().asString().contains("aliases");
    }

    @Test
    void a_list_that_holds_itself_is_told() {
        assertThat(problems("- name: one", "  tags: &t [*t]"))
                .containsExactly("config/sources.yml:2: 'tags' must be one value, not a list");
    }

    @Test
    void brackets_nested_without_end_are_refused() {
        assertThat(problems("- ".repeat(100_000) + "x"))
                .singleElement()
                .asString()
                .contains("nested thousands deep");
        assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("nested thousands deep");
        assertThat(problems("{a: ".repeat(100_000))).singleElement().asString().contains("nested thousands deep");
    }

    @Test
    void a_long_comment_line_of_dashes_is_no_nesting() {
        assertThat(problems("# " + "-".repeat(150), "- name: one")).isEmpty();
    }

    @Test
    void a_missing_and_an_empty_file_define_nothing() {
        assertThat(YamlFile.list(home, Home.FEEDS, YamlFileTest::everyKind))
                .isEqualTo(new Loaded<>(List.of(), List.of()));
        assertThat(problems("", "# only a comment")).isEmpty();
    }

    @Test
    void the_keys_of_a_reader_are_known_without_a_file() {
        assertThat(YamlFile.keys(map -> map.maps("cadences", cadence -> cadence.text("cron"))))
                .containsExactly("cadences", "cadences.cron");
        assertThat(YamlFile.keys(YamlFileTest::everyKind)).contains("nested.inner", "name");
    }

    @Test
    void durations_are_read_in_every_unit() {
        assertThat(Stream.of("90", "30s", "15m", "2h", "7d")
                        .map(Words::duration)
                        .map(Object::toString))
                .containsExactly("PT1M30S", "PT30S", "PT15M", "PT2H", "PT168H");
    }
}
