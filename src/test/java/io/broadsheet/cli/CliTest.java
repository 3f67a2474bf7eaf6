package io.broadsheet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Problem;
import io.broadsheet.config.Settings;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dns.Dns;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import io.broadsheet.provision.Applied;
import io.broadsheet.source.Inspect;
import io.broadsheet.test.TestDns;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame of the command line: exit codes, error lines, what goes to which stream. The program behind it fails or answers as each test wishes. */
class CliTest {
    @TempDir
    Path folder;

    private final Behind program = new Behind();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void help_names_the_commands_on_standard_output() {
        int exitCode = run("--help");

        assertThat(exitCode).isZero();
        assertThat(out()).contains("demo", "serve", "subscriber", "--home");
        assertThat(err()).isEmpty();
    }

    @Test
    void without_a_command_the_usage_is_shown_and_the_exit_code_is_2() {
        int exitCode = run();

        assertThat(exitCode).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("Usage: broadsheet");
    }

    @Test
    void a_mistyped_command_gets_the_nearest_one() {
        int exitCode = run("chekc");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err())
                .isEqualTo("broadsheet: unknown command 'chekc'; did you mean 'check'? See 'broadsheet --help'\n");
    }

    @Test
    void a_mistyped_command_of_a_group_gets_the_nearest_one_of_the_group() {
        int exitCode = run("subscriber", "ad");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err()).startsWith("broadsheet: unknown command 'ad'; did you mean 'add'?");
    }

    @Test
    void a_mistyped_option_gets_the_nearest_one() {
        int exitCode = run("check", "--jsn");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err()).startsWith("broadsheet: unknown option '--jsn'; did you mean '--json'?");
    }

    @Test
    void a_missing_parameter_is_one_line_and_exit_code_2() {
        int exitCode = run("init");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err()).isEqualTo("broadsheet: missing required parameter: 'DIR'; see 'broadsheet init --help'\n");
    }

    @Test
    void the_home_may_stand_before_or_after_the_command() {
        run("--home", "/srv/before", "check");
        Path before = program.home;
        run("check", "--home", "/srv/after");
        Path after = program.home;

        assertThat(List.of(before, after)).containsExactly(Path.of("/srv/before"), Path.of("/srv/after"));
    }

    @Test
    void check_without_problems_says_so_and_exits_with_0() {
        int exitCode = run("check");

        assertThat(exitCode).isZero();
        assertThat(out()).isEqualTo("config is in order\n");
    }

    @Test
    void of_a_thousand_problems_a_screenful_is_shown_and_json_has_them_all() {
        program.problems = IntStream.rangeClosed(1, 1_000)
                .mapToObj(line -> new Problem("config/sources.yml", line, "unknown key 'ulr'; did you mean 'url'?"))
                .toList();

        int exitCode = run("check");
        String told = err();
        run("check", "--json");

        assertThat(exitCode).isEqualTo(2);
        assertThat(told.lines()).hasSize(21);
        assertThat(told)
                .contains("broadsheet: config/sources.yml:20: unknown key")
                .endsWith("broadsheet: and 980 more; 'broadsheet check --json' shows them all\n");
        assertThat((List<?>) Json.read(out(), Map.class).get("problems")).hasSize(1_000);
    }

    @Test
    void of_a_thousand_errors_a_screenful_is_shown() {
        program.failure = new UserError(IntStream.rangeClosed(1, 1_000)
                .mapToObj(line -> "config/sources.yml:" + line + ": unknown key 'ulr'")
                .toList());

        int exitCode = run("collect");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err().lines()).hasSize(21);
        assertThat(err()).endsWith("broadsheet: and 980 more\n");
    }

    @Test
    void check_shows_all_problems_at_once_and_exits_with_2() {
        program.problems = List.of(
                new Problem("config/sources.yml", 3, "unknown key 'ulr'; did you mean 'url'?"),
                new Problem("config/newsletters.yml", 14, "unknown key 'tempalte'; did you mean 'template'?"));

        int exitCode = run("check");

        assertThat(exitCode).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("""
                        broadsheet: config/sources.yml:3: unknown key 'ulr'; did you mean 'url'?
                        broadsheet: config/newsletters.yml:14: unknown key 'tempalte'; did you mean 'template'?
                        """);
    }

    @Test
    void check_with_json_answers_nothing_but_json() {
        program.problems = List.of(new Problem("config/feeds.yml", 2, "'size' is at least 1"));

        int exitCode = run("check", "--json");

        assertThat(exitCode).isEqualTo(2);
        assertThat(Json.read(out(), Map.class))
                .isEqualTo(Map.of(
                        "problems",
                        List.of(Map.of("file", "config/feeds.yml", "line", 2, "message", "'size' is at least 1"))));
        assertThat(err()).isEmpty();
    }

    @Test
    void what_the_user_did_wrong_is_one_line_each_and_exit_code_2() {
        program.failure = new UserError(List.of("newsletter 'nwes' is not known", "cadence 'dayly' is not known"));

        int exitCode = run("feeds", "build", "--json");

        assertThat(exitCode).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .isEqualTo("broadsheet: newsletter 'nwes' is not known\nbroadsheet: cadence 'dayly' is not known\n");
    }

    @Test
    void what_the_world_did_wrong_is_one_line_and_exit_code_1() {
        program.failure = new OutsideError("127.0.0.1:25: no answer; start the mail server", true, null);

        int exitCode = run("feeds", "build");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err()).isEqualTo("broadsheet: 127.0.0.1:25: no answer; start the mail server\n");
    }

    @Test
    void a_bug_is_exit_code_1_without_a_stack_trace_unless_asked_for() {
        program.failure = new IllegalStateException("two\nlines");

        int exitCode = run("feeds", "build");
        String quiet = err();
        run("feeds", "build", "--debug");

        assertThat(exitCode).isEqualTo(1);
        assertThat(quiet).hasLineCount(1).startsWith("broadsheet: a bug").contains("two lines", "--debug");
        assertThat(err()).contains("at io.broadsheet.cli");
    }

    @Test
    void an_inspect_of_nothing_or_of_two_things_is_wrong_usage() {
        assertThat(run("inspect")).isEqualTo(2);
        assertThat(run("inspect", "a.xml", "--batch", "list.txt")).isEqualTo(2);
    }

    @Test
    void version_says_what_was_built() {
        int exitCode = run("version");

        assertThat(exitCode).isZero();
        assertThat(out()).matches("broadsheet [0-9]+\\.[0-9]+\\.[0-9]+ .*\\R");
    }

    @Test
    void version_is_json_for_programs() {
        int exitCode = run("version", "--json");

        assertThat(exitCode).isZero();
        assertThat(out()).startsWith("{\"version\":\"").hasLineCount(1);
    }

    @Test
    void dkim_keys_are_made_shown_and_checked() throws Exception {
        try (TestDns names = TestDns.open()) {
            Home home = Home.at(folder).create();
            String from = "mail: { from: news@news.example.org";
            Files.writeString(home.config(Home.SETTINGS), from + " }\n");
            program.names = names.dns();
            program.keyrings = home;

            assertThat(run("dkim", "check")).isEqualTo(1);
            assertThat(run("dkim", "new", "--selector", "a", "--algorithm", "ed25519"))
                    .isZero();
            assertThat(out()).contains("a._domainkey.news.example.org. IN TXT (", "key: file:secrets/dkim-a.pem");

            String key = ", dkim: [{ domain: news.example.org, selector: a, key: 'file:secrets/dkim-a.pem' }] }\n";
            Files.writeString(home.config(Home.SETTINGS), from + key);
            assertThat(run("dkim", "show", "--json")).isZero();
            Map<?, ?> shown = (Map<?, ?>) ((List<?>) Json.read(out(), Map.class).get("keys")).get(0);
            assertThat(run("dkim", "check", "--json")).isEqualTo(1);
            assertThat(out()).contains("\"passed\":false", "no record is published");

            names.txt((String) shown.get("record"), (String) shown.get("text"));
            program.names = names.dns();
            assertThat(run("dkim", "check")).isZero();
            assertThat(out()).isEqualTo("pass  a._domainkey.news.example.org: published\n");
        }
    }

    @Test
    void a_limit_below_zero_is_wrong_usage() {
        assertThat(run("article", "list", "--limit", "-1")).isEqualTo(2);
        assertThat(err()).contains("--limit is 0 or more");
        assertThat(run("edition", "list", "--limit", "-1")).isEqualTo(2);
        assertThat(err()).contains("--limit is 0 or more");
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Cli.run(program, Terminal.piped(out, err), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Stands for the program: what it is asked is remembered, and opening a home fails as a test wishes. */
    private static final class Behind implements Program {
        private Path home = Path.of("");
        private List<Problem> problems = List.of();
        private Home keyrings = Home.at(Path.of(""));
        private Dns names = new Dns(List.of());
        private RuntimeException failure = new UserError("nothing to open here");

        @Override
        public Installation open(Home opened, Opening opening) {
            throw failure;
        }

        @Override
        public Inspect inspect(Home inspecting) {
            throw failure;
        }

        @Override
        public Keyring keyring(Home asked) {
            return new Keyring(keyrings, Settings.load(keyrings).orThrow().mail(), Clock.systemUTC(), names);
        }

        @Override
        public List<Problem> check(Home checked) {
            home = checked.folder();
            return problems;
        }

        @Override
        public Applied apply(Home applied, boolean dryRun) {
            return new Applied(List.of());
        }

        @Override
        public boolean demo(boolean once, PrintStream stream) {
            return true;
        }
    }
}
