package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.broadsheet.time.Stopwatch;
import io.broadsheet.whole.InstalledHome.Ended;
import io.broadsheet.whole.InstalledHome.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program as a person uses it. */
@Tag("whole")
class WholeProgramTest {
    @TempDir
    Path folder;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private InstalledHome home;

    @BeforeEach
    void start() {
        mail.start();
        home = new InstalledHome(folder.resolve("news"));
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @Test
    void the_demo_finds_all_its_promises_kept() throws Exception {
        Ended demo = home.bare("demo", "--once");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out().strip()).containsPattern("demo: [1-9][0-9]* checks, 0 failed$");
    }

    @Test
    void a_release_goes_from_a_new_home_to_a_feed_and_an_inbox_once() throws Exception {
        assertThat(home.bare("init", home.folder().toString()).exitCode()).isZero();
        assertThat(home.run("check").exitCode()).isZero();
        configure();
        home.write("readers.csv", "email,name\nada@example.org,Ada\nnobody\nbruno@example.net,Bruno\n");

        Map<?, ?> imported = home.run(
                        "subscriber",
                        "import",
                        home.file("readers.csv").toString(),
                        "--newsletter",
                        "news",
                        "--confirmed",
                        "list of members",
                        "--json")
                .json();
        Map<?, ?> collected = home.run("collect", "--json").json();
        Map<?, ?> built = home.run("feeds", "build", "--json").json();
        Ended unasked = home.run("edition", "send", "news");
        Ended sent = home.run("edition", "send", "news", "--yes", "--json");
        Ended again = home.run("edition", "send", "news", "--yes", "--json");

        assertThat(imported.get("added")).isEqualTo(2);
        assertThat(imported.get("rejected"))
                .asList()
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("line", 3);
        assertThat(collected.get("new")).isEqualTo(1);
        assertThat(built.get("feeds")).asList().hasSize(1);
        assertThat(Files.readString(home.file("feeds/news.rss"))).contains("Harbour bridge reopens after repair");
        assertThat(unasked.exitCode()).as("no terminal and no --yes").isEqualTo(2);
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(sent.json().get("accepted")).isEqualTo(2);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.json().get("state")).isEqualTo("nothing-new");
        assertThat(mail.getReceivedMessages()).hasSize(2);
    }

    @Test
    void serve_ends_in_good_order_at_sigterm() throws Exception {
        home.bare("init", home.folder().toString());
        configure();

        try (Server server = home.serve()) {
            assertThat(home.get(server.address().resolve("/health")).statusCode())
                    .isEqualTo(200);
            assertThat(server.announced().get("pid"))
                    .isEqualTo((int) server.process().pid());
            assertThat(server.terminate()).isZero();
        }

        assertThat(home.file("data/serve.json")).doesNotExist();
        assertThat(home.run("collect").exitCode())
                .as("the database is in order")
                .isZero();
    }

    @Test
    void a_file_put_into_a_folder_is_in_the_feed_though_no_visit_is_due() throws Exception {
        home.bare("init", home.folder().toString());
        configure();
        home.write("config/sources.yml", """
                - name: releases
                  kind: folder
                  path: releases
                  every: 1d
                """);

        try (Server server = home.serve()) {
            eventually(
                    "the folder was visited for the first time",
                    () -> feed(server).contains("Harbour bridge reopens after repair"));
            Stopwatch since = Stopwatch.start();
            home.write(
                    "releases/inner/ferry.txt", "Ferry runs at night\n\nNov. 21, 2025\n\nThe ferry runs until two.\n");
            eventually("the file is in the feed", () -> feed(server).contains("Ferry runs at night"));

            System.out.println("file to feed: " + since.elapsed().toMillis() + " ms");
            assertThat(server.terminate()).isZero();
        }
    }

    private String feed(Server server) throws IOException, InterruptedException {
        return home.get(server.address().resolve("/feeds/news.rss")).body();
    }

    @Test
    void a_serve_that_cannot_start_says_so_and_leaves_the_running_one_alone() throws Exception {
        home.bare("init", home.folder().toString());
        configure();

        try (Server server = home.serve()) {
            Ended second = home.run("serve");

            assertThat(second.exitCode()).isEqualTo(2);
            assertThat(second.err()).contains("another one runs on this home");
            assertThat(home.file("data/serve.json"))
                    .content()
                    .contains(String.valueOf(server.process().pid()));
            assertThat(server.terminate()).isZero();
        }
    }

    @Test
    void each_mistake_in_the_config_is_named_with_file_line_and_mend() throws Exception {
        home.bare("init", home.folder().toString());
        home.write("config/newsletters.yml", """
                - name: news
                  title: News
                  tempalte: digest
                  subject: News
                  cadences:
                    - { name: daily, cron: "0 0 7 * *" }
                """);
        home.write("config/feeds.yml", "- name: news\n  title: News\n  size: many\n");

        Ended check = home.run("check");
        Ended serve = home.run("serve");

        for (Ended ended : List.of(check, serve)) {
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err().lines().toList())
                    .allMatch(line -> line.startsWith("broadsheet: config/"))
                    .anyMatch(line -> line.contains("feeds.yml:3: "))
                    .anyMatch(line -> line.contains("newsletters.yml:3: ") && line.contains("did you mean 'template'?"))
                    .anyMatch(line -> line.contains("newsletters.yml:6: "));
        }
    }

    private void configure() throws IOException {
        home.write("config/broadsheet.yml", """
                site:
                  title: Example Newsroom
                  url: https://news.example.org
                server:
                  listen: 127.0.0.1:0
                mail:
                  from: Example Newsroom <news@news.example.org>
                  smtp: { host: 127.0.0.1, port: %d }
                """.formatted(mail.getSmtp().getPort()));
        home.write("config/sources.yml", """
                - name: releases
                  kind: folder
                  path: releases
                  backlog: 5
                """);
    }
}
