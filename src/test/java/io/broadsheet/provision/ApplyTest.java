package io.broadsheet.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.Home;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.error.UserError;
import io.broadsheet.feed.FeedStore;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.source.SourceStore;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ApplyTest {
    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final Ids ids = new Ids(clock);
    private final SourceStore sources = new SourceStore(ids);

    @OnBothDatabases
    void what_the_files_define_is_added_changed_and_removed(TestDatabase test) throws IOException {
        write(
                test,
                Home.SOURCES,
                "- { name: press, kind: folder, path: press }\n- { name: city, kind: folder, path: city }\n");
        Applied first = apply(test).apply();
        write(
                test,
                Home.SOURCES,
                "- { name: press, kind: folder, path: elsewhere }\n- { name: port, kind: folder, path: port }\n");

        Applied dry = apply(test).dryRun();
        Applied second = apply(test).apply();

        assertThat(first.changes())
                .extracting(Applied.Change::name, Applied.Change::change)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("city", "added"),
                        org.assertj.core.groups.Tuple.tuple("press", "added"));
        assertThat(dry).isEqualTo(second);
        assertThat(second.changes())
                .extracting(change -> change.name() + " " + change.change())
                .containsExactly("port added", "press changed", "city removed");
        assertThat(test.database().read(sources::open))
                .extracting(source -> source.definition().path())
                .containsExactlyInAnyOrder("elsewhere", "port");
    }

    @OnBothDatabases
    void a_definition_that_comes_back_is_open_again_with_its_state(TestDatabase test) throws IOException {
        write(test, Home.SOURCES, "- { name: press, kind: folder, path: press }\n");
        apply(test).apply();
        var before = test.database().read(tx -> sources.find(tx, "press")).orElseThrow();
        write(test, Home.SOURCES, "[]\n");
        apply(test).apply();
        write(test, Home.SOURCES, "- { name: press, kind: folder, path: press }\n");

        apply(test).apply();

        var after = test.database().read(tx -> sources.find(tx, "press")).orElseThrow();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.closed()).isNull();
    }

    @OnBothDatabases
    void one_wrong_line_and_nothing_at_all_is_applied(TestDatabase test) throws IOException {
        write(
                test,
                Home.SOURCES,
                "- { name: press, kind: folder, path: press }\n- { name: city, kind: folder, pth: city }\n");

        assertThatThrownBy(() -> apply(test).apply())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("config/sources.yml:2: unknown key 'pth'; did you mean 'path'?");

        assertThat(test.database().read(sources::open)).isEmpty();
        assertThat(apply(test).appliedHash()).isEmpty();
    }

    @OnBothDatabases
    void unchanged_files_are_applied_once(TestDatabase test) throws IOException {
        write(test, Home.SOURCES, "- { name: press, kind: folder, path: press }\n");
        apply(test).ifChanged();
        String hash = apply(test).appliedHash().orElseThrow();

        assertThat(apply(test).apply().changes()).isEmpty();
        assertThat(apply(test).appliedHash()).contains(hash);
    }

    @OnBothDatabases
    void a_node_whose_config_differs_from_the_others_refuses_to_apply_it(TestDatabase test) throws IOException {
        Path other = Files.createDirectories(test.home().resolve("other"));
        write(test, Home.SOURCES, "- { name: press, kind: folder, path: press }\n");
        apply(test).apply();
        try (Node serving =
                Node.join(test.database(), test.home().resolve("data"), Node.Kind.SERVE, ids, clock, "test")) {
            if (test.isSqlite()) {
                return;
            }
            assertThatThrownBy(() -> apply(test, other).ifChanged())
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("it differs");
            assertThat(serving.isForgotten()).isFalse();
        }
        apply(test, other).ifChanged();

        assertThat(test.database().read(sources::open)).isEmpty();
    }

    @OnBothDatabases
    void a_newsletter_that_is_taken_out_sends_nothing_more(TestDatabase test) throws IOException {
        write(test, Home.NEWSLETTERS, """
                - name: news
                  title: News
                  subject: News
                  cadences: [{ name: each }]
                """);
        apply(test).apply();
        test.database().writing(tx -> tx.update("""
                        insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, started_at)
                        select 7, id, 'each', 0, 'sending', definition, 0, 0, 0
                        from newsletter
                        """).execute());
        write(test, Home.NEWSLETTERS, "");

        apply(test).apply();

        String edition = test.database()
                .read(tx -> tx.query("select state || ': ' || paused_why from edition")
                        .mapTo(String.class)
                        .one());
        assertThat(edition).startsWith("paused: newsletter news was taken out");
    }

    private Apply apply(TestDatabase test) {
        return apply(test, test.home());
    }

    private Apply apply(TestDatabase test, Path home) {
        return new Apply(
                Home.at(home),
                TemplateSyntax.UNCHECKED,
                test.database(),
                clock,
                sources,
                new FeedStore(ids),
                new NewsletterStore(ids));
    }

    private static void write(TestDatabase test, String file, String text) throws IOException {
        Files.createDirectories(test.home().resolve("config"));
        Files.writeString(test.home().resolve("config").resolve(file), text);
    }
}
