package io.broadsheet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.at(folder).create();
    }

    private Loaded<Settings> load(Map<String, String> environment, String yaml) throws Exception {
        Files.writeString(home.config(Home.SETTINGS), yaml);
        return new SettingsReader(home, environment::get).load();
    }

    private List<String> problems(String yaml) throws Exception {
        return load(Map.of(), yaml).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void without_a_file_everything_has_a_sane_value() {
        Settings settings = Settings.load(home).orThrow();

        assertThat(settings.site())
                .isEqualTo(new Settings.Site("Broadsheet", "http://127.0.0.1:8080", "en", ZoneOffset.UTC));
        assertThat(settings.server().listen()).isEqualTo(new ListenAddress("127.0.0.1", 8080));
        assertThat(settings.database().url())
                .isEqualTo("jdbc:sqlite:" + home.data().resolve("broadsheet.db"));
        assertThat(settings.mail().from()).isEqualTo(new Mailbox("Broadsheet", "news@localhost"));
        assertThat(settings.mail().smtp().port()).isEqualTo(25);
        assertThat(settings.fetch().userAgent()).isEqualTo("Broadsheet (+http://127.0.0.1:8080)");
        assertThat(settings.paused()).isFalse();
    }

    @Test
    void every_key_of_the_contract_is_taken() throws Exception {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/smtp"), "hunter2\n");

        Settings settings = load(Map.of("SMTP_USER", "newsroom"), """
                site:
                  title: Example Newsroom
                  url: https://news.example.org/
                  language: en
                  time-zone: Europe/Berlin
                server:
                  listen: "127.0.0.1:0"
                  ops-listen: "[::1]:9090"
                  trusted-proxies: [10.0.0.0/8, "::1"]
                  grace: 5s
                database:
                  url: jdbc:postgresql://db.example.org/broadsheet
                  user: broadsheet
                  password: plain
                mail:
                  from: Example Newsroom <news@news.example.org>
                  reply-to: press@news.example.org
                  postal-address: 1 Example Street, Example City
                  smtp:
                    host: smtp.example.org
                    port: 2525
                    security: starttls
                    username: ${SMTP_USER}
                    password: file:secrets/smtp
                    connections: 10
                  retry: 1
                  give-up: 1h
                  confirm-above: 100
                fetch:
                  user-agent: ExampleBot/1
                  allow-private: [127.0.0.1, 10.0.0.0/8, intranet.example, "fd00::/8"]
                  max-bytes: 1MiB
                  timeout: 20
                  ports: [80, 443, 8080]
                  per-host: 0s
                paused: true
                """).orThrow();

        assertThat(settings.site().url()).isEqualTo("https://news.example.org");
        assertThat(settings.site().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(settings.server().listen().port()).isZero();
        assertThat(settings.server().opsListen()).hasToString("[::1]:9090");
        assertThat(settings.database().isPostgres()).isTrue();
        assertThat(settings.mail().smtp().username()).isEqualTo(new Secret("newsroom"));
        assertThat(settings.mail().smtp().password()).isEqualTo(new Secret("hunter2"));
        assertThat(settings.mail().retry()).containsExactly(Duration.ofSeconds(1));
        assertThat(settings.fetch().maxBytes()).isEqualTo(1_048_576);
        assertThat(settings.fetch().allowPrivate()).hasSize(4);
        assertThat(settings.paused()).isTrue();
    }

    @Test
    void the_smtp_port_follows_from_the_security_where_none_is_given() throws Exception {
        assertThat(load(Map.of(), "mail: { smtp: { security: starttls } }")
                        .orThrow()
                        .mail()
                        .smtp()
                        .port())
                .isEqualTo(587);
        assertThat(load(Map.of(), "mail: { smtp: { security: tls } }")
                        .orThrow()
                        .mail()
                        .smtp()
                        .port())
                .isEqualTo(465);
    }

    @Test
    void mail_comes_from_the_sites_host_where_no_sender_is_given() throws Exception {
        Settings settings = load(Map.of(), "site: { title: News, url: 'https://news.example.org' }")
                .orThrow();

        assertThat(settings.mail().from()).isEqualTo(new Mailbox("News", "news@news.example.org"));
    }

    @Test
    void a_secret_that_is_not_there_is_told_with_its_place() throws Exception {
        assertThat(problems("""
                mail:
                  smtp:
                    username: ${SMTP_USER}
                    password: file:secrets/smtp
                """))
                .containsExactly(
                        "config/broadsheet.yml:3: 'username': the environment variable SMTP_USER is not set; set it before the start",
                        "config/broadsheet.yml:4: 'password': the file " + folder.resolve("secrets/smtp")
                                + " is not there; write the secret into it, mode 0600");
    }

    @Test
    void a_secret_is_never_shown() throws Exception {
        Settings settings = load(Map.of(), """
                database: { url: 'jdbc:postgresql://db.example.org/b', user: b, password: hunter2 }
                mail: { smtp: { username: token-hunter2, password: hunter2 } }
                """).orThrow();

        assertThat(settings.toString()).doesNotContain("hunter2").contains("***");
        assertThat(Json.write(settings.mail().smtp())).doesNotContain("hunter2");
        assertThat(problems("mail: { smtp: { username: [hunter2], password: [hunter2] } }")
                        .toString())
                .doesNotContain("hunter2");
        assertThat(problems("database: { url: 'jdbc:postgresql://db.example.org/b?password=hunter2' }")
                        .toString())
                .doesNotContain("hunter2")
                .contains("database.password");
    }

    @Test
    void what_cannot_be_right_is_told() throws Exception {
        assertThat(problems("""
                site:
                  url: https://news.example.org/?a=b
                server:
                  listen: 8080
                  trusted-proxies: [proxy.example]
                database:
                  url: jdbc:mysql://db.example.org/b
                mail:
                  smtp:
                    username: someone
                    security: ssl
                  retry: [1m, 0s]
                fetch:
                  allow-private: [10.0.0.0/33]
                  ports: [0]
                retention: 30d
                """))
                .containsExactly(
                        "config/broadsheet.yml:2: 'url': 'https://news.example.org/?a=b' is no base for links; write it without '?' and '#'",
                        "config/broadsheet.yml:4: 'listen': '8080' is not host:port; write 127.0.0.1:8080 or [::1]:8080",
                        "config/broadsheet.yml:5: 'trusted-proxies': 'proxy.example' is not an address or network; write 127.0.0.1, 10.0.0.0/8 or fd00::/8",
                        "config/broadsheet.yml:7: 'url': this database is not known; write jdbc:sqlite:data/broadsheet.db or jdbc:postgresql://host/db",
                        "config/broadsheet.yml:10: username and password belong together; write both or neither",
                        "config/broadsheet.yml:11: 'security': unknown word 'ssl'; known: none, starttls, tls",
                        "config/broadsheet.yml:12: 'retry': a wait is at least 1s",
                        "config/broadsheet.yml:14: 'allow-private': '10.0.0.0/33' is not a host, address or network; write 127.0.0.1, 10.0.0.0/8 or intranet.example",
                        "config/broadsheet.yml:15: 'ports': '0' is not a port; write 1 to 65535",
                        "config/broadsheet.yml:16: unknown key 'retention'; known: database, dns, fetch, mail, paused, server, site");
    }
}
