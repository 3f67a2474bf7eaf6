package io.broadsheet.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.error.UserError;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
    private final TestClock clock = TestClock.at("2026-11-24T07:00:00Z");
    private final TestDns names = TestDns.open();

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHome() throws Exception {
        home = Home.at(folder).create();
        settings("");
    }

    @AfterEach
    void close() throws IOException {
        names.close();
    }

    @Test
    void both_keys_are_made_readable_by_their_owner_alone() throws Exception {
        List<Keyring.Held> made = keyring().make(null, null, Keyring.Wanted.BOTH);

        assertThat(made)
                .extracting(Keyring.Held::file)
                .containsExactly("secrets/dkim-b202611-rsa.pem", "secrets/dkim-b202611-ed25519.pem");
        assertThat(made).extracting(held -> held.key().bits()).containsExactly(2048, 256);
        for (Keyring.Held held : made) {
            Path file = home.resolve(held.file());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void what_was_made_and_named_in_config_is_the_same_key_again() throws Exception {
        List<Keyring.Held> made = keyring().make("news.example.org", "a", Keyring.Wanted.BOTH);
        named(made);

        List<Keyring.Held> listed = keyring().list();

        assertThat(listed).extracting(held -> held.key().record()).isEqualTo(records(made));
        assertThat(listed)
                .extracting(Keyring.Held::file)
                .containsExactly("secrets/dkim-a-rsa.pem", "secrets/dkim-a-ed25519.pem");
    }

    @Test
    void a_key_that_is_there_is_never_overwritten_and_none_is_made_beside_it() throws Exception {
        keyring().make(null, "a-ed25519", Keyring.Wanted.ED25519);
        byte[] before = Files.readAllBytes(home.resolve("secrets/dkim-a-ed25519.pem"));

        assertThatThrownBy(() -> keyring().make(null, "a", Keyring.Wanted.BOTH))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is there already")
                .hasMessageContaining("--selector");

        assertThat(Files.readAllBytes(home.resolve("secrets/dkim-a-ed25519.pem")))
                .isEqualTo(before);
        assertThat(home.resolve("secrets/dkim-a-rsa.pem")).doesNotExist();
    }

    @Test
    void a_domain_that_dns_cannot_hold_is_refused() {
        for (String domain : List.of("localhost", "a_b.example", "-x.example", "example..org", "")) {
            assertThatThrownBy(() -> keyring().make(domain, null, Keyring.Wanted.RSA))
                    .isInstanceOf(UserError.class);
        }
        assertThatThrownBy(() -> keyring().make(null, "No Selector", Keyring.Wanted.RSA))
                .isInstanceOf(UserError.class);
    }

    @Test
    void a_record_is_cut_into_strings_that_dns_takes() {
        DkimRecord record = Keys.rsa("news.example.org").record();

        assertThat(record.strings()).hasSize(2).allMatch(string -> string.length() <= 255);
        assertThat(String.join("", record.strings())).isEqualTo(record.text());
        assertThat(record.zoneLines().get(0)).isEqualTo("r._domainkey.news.example.org. IN TXT (");
        assertThat(record.zoneLines().get(2)).endsWith("\" )");
    }

    @Test
    void keys_published_as_shown_pass() throws Exception {
        List<Keyring.Held> made = keyring().make(null, "a", Keyring.Wanted.BOTH);
        named(made);
        made.forEach(held -> publish(held, held.key().record().text()));

        assertThat(keyring().check()).extracting(PublishedKey::found).containsExactly("published", "published");
        assertThat(keyring().check()).allMatch(PublishedKey::passed);
    }

    @Test
    void what_is_wrong_in_dns_is_said_with_the_mend() throws Exception {
        List<Keyring.Held> made = keyring().make(null, "a", Keyring.Wanted.RSA);
        named(made);
        String right = made.get(0).key().record().text();

        assertThat(found(made, null)).isEqualTo("no record is published");
        assertThat(found(made, right.substring(0, 255))).contains("cut off");
        assertThat(found(made, "v=DKIM1; p=")).isEqualTo("the key is revoked");
        assertThat(found(made, Keys.rsa("x.example").record().text())).isEqualTo("another key is published");
        assertThat(found(made, Keys.ed25519("x.example").record().text())).contains("k=ed25519");
        assertThat(found(made, right + "; h=sha1")).contains("SHA-256");
        assertThat(found(made, right + "; s=other")).contains("not for mail");
    }

    @Test
    void blanks_in_a_key_and_testing_do_no_harm() throws Exception {
        List<Keyring.Held> made = keyring().make(null, "a", Keyring.Wanted.RSA);
        named(made);
        String right = made.get(0).key().record().text();

        assertThat(found(made, right.replace("MIIB", "MI IB"))).isEqualTo("published");
        assertThat(found(made, right + "; t=y")).contains("testing");
    }

    @Test
    void dns_in_trouble_is_no_verdict_on_the_record() throws Exception {
        List<Keyring.Held> made = keyring().make(null, "a", Keyring.Wanted.RSA);
        named(made);
        names.fails(made.get(0).key().record().name(), 2);

        PublishedKey checked = keyring().check().get(0);

        assertThat(checked.passed()).isFalse();
        assertThat(checked.found()).startsWith("DNS gave no answer");
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws Exception {
        List<Keyring.Held> made = keyring().make(null, "a", Keyring.Wanted.RSA);
        named(made);
        Path file = home.resolve(made.get(0).file());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> keyring().list())
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("config/broadsheet.yml:")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void a_missing_file_a_short_key_and_nonsense_are_refused_with_the_mend() throws Exception {
        Path file = folder.resolve("key.pem");

        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("'broadsheet dkim new'");

        KeyFile.write(file, Keys.make("RSA", 1024));
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("1024 bits");

        Files.writeString(file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("pass phrase");

        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessageContaining("no RSA or Ed25519 key");
    }

    @Test
    void the_older_form_of_an_rsa_key_is_read_too() {
        PrivateKey key = Keys.make("RSA", 2048);
        byte[] pkcs8 = key.getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length); // behind the head that tells the algorithm
        String pem = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pkcs1) + "\n-----END RSA PRIVATE KEY-----\n";

        PrivateKey read = KeyFile.parse(folder.resolve("key.pem"), pem);

        assertThat(read).isEqualTo(key);
    }

    private void settings(String more) throws Exception {
        Files.writeString(home.config(Home.SETTINGS), "mail:\n  from: News <news@news.example.org>\n" + more);
    }

    private void named(List<Keyring.Held> made) throws Exception {
        StringBuilder more = new StringBuilder("  dkim:\n");
        for (Keyring.Held held : made) {
            more.append("    - { domain: ").append(held.key().domain());
            more.append(", selector: ").append(held.key().selector());
            more.append(", key: 'file:").append(held.file()).append("' }\n");
        }
        settings(more.toString());
    }

    private static List<DkimRecord> records(List<Keyring.Held> held) {
        return held.stream().map(one -> one.key().record()).toList();
    }

    /** What a check finds with this text, and nothing else, published. */
    private String found(List<Keyring.Held> made, @Nullable String text) throws IOException {
        try (TestDns other = TestDns.open()) {
            if (text != null) {
                other.txt(made.get(0).key().record().name(), text);
            }
            Settings.Mail mail = Settings.load(home).orThrow().mail();
            return new Keyring(home, mail, clock, other.dns()).check().get(0).found();
        }
    }

    private void publish(Keyring.Held held, String text) {
        names.txt(held.key().record().name(), text);
    }

    private Keyring keyring() {
        return new Keyring(home, Settings.load(home).orThrow().mail(), clock, names.dns());
    }
}
