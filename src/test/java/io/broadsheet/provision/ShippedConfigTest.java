package io.broadsheet.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dns.Dns;
import io.broadsheet.feed.FeedDefinitions;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinitions;
import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.source.SourceDefinitions;
import io.broadsheet.test.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the shipped examples and the reference to what is really read. */
class ShippedConfigTest {
    private static final Map<String, Set<String>> KEYS = Map.of(
            Home.SETTINGS, Settings.keys(),
            Home.SOURCES, SourceDefinitions.keys(),
            Home.FEEDS, FeedDefinitions.keys(),
            Home.NEWSLETTERS, NewsletterDefinitions.keys(),
            Home.SENDERS, Settings.senderKeys());

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void makeHomeWithATemplate() throws IOException {
        home = Home.at(folder).create();
        Path template = Files.createDirectories(home.templates().resolve("mail/digest"));
        Files.writeString(template.resolve("html.vm"), "");
        Files.writeString(template.resolve("text.vm"), "");
    }

    private static String shipped(String file) throws IOException {
        return Files.readString(Path.of("config", file));
    }

    @Test
    void the_shipped_definitions_make_a_first_home() throws IOException {
        for (String file : KEYS.keySet()) {
            Files.writeString(home.config(file), shipped(file));
        }

        Definitions definitions =
                Definitions.read(home, TemplateSyntax.UNCHECKED).orThrow();

        assertThat(definitions.sources())
                .singleElement()
                .satisfies(source -> assertThat(source.path()).isEqualTo("releases"));
        assertThat(definitions.feeds())
                .singleElement()
                .satisfies(feed -> assertThat(feed.name()).isEqualTo("news"));
        assertThat(definitions.newsletters().get(0).cadences())
                .extracting(CadenceDefinition::name)
                .containsExactly("each", "daily", "weekly");
    }

    @Test
    void the_shipped_definitions_are_right_with_every_optional_key_taken_in() throws IOException {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/smtp"), "hidden");
        Files.writeString(folder.resolve("secrets/database"), "hidden");
        Files.writeString(folder.resolve("secrets/feedback"), "hidden");
        Files.writeString(folder.resolve("secrets/mailgun"), "hidden");
        Files.writeString(folder.resolve("secrets/postmark"), "hidden");
        Files.writeString(folder.resolve("secrets/token"), "hidden");
        Files.writeString(folder.resolve("secrets/client"), "hidden");
        Files.writeString(folder.resolve("secrets/refresh"), "hidden");
        new Keyring(home, Settings.load(home).value().mail(), TestClock.at("2026-11-24T07:00:00Z"), new Dns(List.of()))
                .make("news.example.org", "b202611-rsa", Keyring.Wanted.RSA);
        for (String file : KEYS.keySet()) {
            String whole = shipped(file)
                    .replaceAll("(?m)^( *)#(?=[a-z-]| {2,}[a-z-])", "$1")
                    .replace("${SMTP_USER}", "someone")
                    .replace("news@localhost", "news@news.example.org");
            Files.writeString(home.config(file), whole);
        }

        Definitions definitions =
                Definitions.read(home, TemplateSyntax.UNCHECKED).orThrow();

        assertThat(definitions.sources()).hasSize(4);
        assertThat(definitions.newsletters().get(0).replyTo()).isEqualTo("press@news.example.org");
    }

    @Test
    void every_key_stands_in_its_shipped_file() throws IOException {
        for (String file : KEYS.keySet()) {
            String text = shipped(file);
            for (String key : KEYS.get(file)) {
                String last = key.substring(key.lastIndexOf('.') + 1);
                assertThat(text).as("%s in %s", key, file).containsPattern("(?m)^[ #-]*" + last + ":");
            }
        }
    }

    @Test
    void the_reference_names_every_key_that_is_read_and_no_other() throws IOException {
        String reference = Files.readString(Path.of("docs", "config.md"));

        for (String file : KEYS.keySet()) {
            String section = section(reference, file);
            Set<String> documented = new TreeSet<>();
            Matcher row = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\|").matcher(section);
            while (row.find()) {
                documented.add(row.group(1));
            }
            assertThat(documented).as(file).isEqualTo(leaves(KEYS.get(file)));
        }
    }

    private static String section(String reference, String file) {
        return List.of(reference.split("(?m)^## ")).stream()
                .filter(part -> part.startsWith("config/" + file))
                .findFirst()
                .orElseThrow();
    }

    /** The keys without those of plain mappings, which hold nothing but other keys; a list of mappings is a key of its own. */
    private static Set<String> leaves(Set<String> keys) {
        Set<String> leaves = new TreeSet<>(keys);
        Set<String> lists = Set.of("cadences", "mail.feedback.webhooks");
        leaves.removeIf(key -> !lists.contains(key) && keys.stream().anyMatch(other -> other.startsWith(key + ".")));
        return leaves;
    }
}
