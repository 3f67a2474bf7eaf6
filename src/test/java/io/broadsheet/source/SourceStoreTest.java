package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Tx;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

class SourceStoreTest {
    private static final FetchState SEEN = new FetchState("\"7\"", "Tue, 24 Nov 2026 08:00:00 GMT", "f", null);

    private final TestClock clock = TestClock.at("2026-11-24T08:00:00Z");
    private final SourceStore sources = new SourceStore(new Ids(clock));

    @OnBothDatabases
    void a_definition_put_again_leaves_the_running_state_alone(TestDatabase test) {
        Database database = test.database();
        put(database, "https://a.example/rss.xml", "press");
        collected(database);

        boolean same = put(database, "https://a.example/rss.xml", "press");
        boolean retagged = put(database, "https://a.example/rss.xml", "news");

        assertThat(same).isFalse();
        assertThat(retagged).isTrue();
        assertThat(source(database).state()).isEqualTo(SEEN);
        assertThat(source(database).established()).isEqualTo(clock.instant());
        assertThat(source(database).definition().tags()).containsExactly("news");
        assertThat(due(database)).containsExactly("press");
    }

    @OnBothDatabases
    void a_move_that_is_not_believed_yet_is_shown_with_what_is_still_needed(TestDatabase test) {
        Database database = test.database();
        put(database, "https://a.example/rss.xml", "press");
        Moving moving = new Moving("https://b.example/rss.xml", clock.instant(), 1);
        ShowSources showSources = new ShowSources(database, sources);

        SourceDetails before = showSources.show("press");
        moving(database, moving);
        SourceDetails once = showSources.show("press");
        moving(database, new Moving(moving.url(), moving.since(), 7));
        SourceDetails often = showSources.show("press");

        Instant earliest = moving.since().plus(Duration.ofDays(1));
        assertThat(before.move()).isNull();
        assertThat(once.move()).isEqualTo(new SourceDetails.Move(moving.url(), moving.since(), 1, 2, earliest));
        assertThat(often.move()).isEqualTo(new SourceDetails.Move(moving.url(), moving.since(), 7, 1, earliest));
    }

    private void moving(Database database, Moving moving) {
        Instant now = clock.instant();
        FetchState state = new FetchState("\"7\"", null, "f", null, moving);
        database.writing(tx -> sources.collected(tx, source(tx).id(), state, now, now.plus(Duration.ofHours(1))));
    }

    @OnBothDatabases
    void a_source_that_is_read_from_another_place_forgets_what_the_old_one_answered(TestDatabase test) {
        Database database = test.database();
        put(database, "https://a.example/rss.xml", null);
        collected(database);

        put(database, "https://b.example/rss.xml", null);

        assertThat(source(database).state()).isEqualTo(FetchState.NEW);
        assertThat(source(database).established()).isNotNull();
    }

    @OnBothDatabases
    void a_closed_source_is_never_due_and_opens_again_when_it_is_defined_again(TestDatabase test) {
        Database database = test.database();
        put(database, "https://a.example/rss.xml", null);

        boolean closed = database.write(tx -> sources.close(tx, "press", clock.instant()));
        boolean closedAgain = database.write(tx -> sources.close(tx, "press", clock.instant()));
        List<String> dueWhileClosed = due(database);
        put(database, "https://a.example/rss.xml", null);

        assertThat(closed).isTrue();
        assertThat(closedAgain).isFalse();
        assertThat(dueWhileClosed).isEmpty();
        assertThat(due(database)).containsExactly("press");
    }

    private boolean put(Database database, String url, @Nullable String tag) {
        SourceDefinition definition = new SourceDefinition(
                "press",
                SourceDefinition.Kind.FEED,
                url,
                null,
                Duration.ofMinutes(15),
                tag == null ? List.of() : List.of(tag),
                0,
                null,
                null);
        return database.write(tx -> sources.put(tx, definition, true, clock.instant()));
    }

    private void collected(Database database) {
        Instant now = clock.instant();
        database.writing(tx -> sources.collected(tx, source(tx).id(), SEEN, now, now.plus(Duration.ofMinutes(15))));
    }

    private Source source(Database database) {
        return database.read(this::source);
    }

    private Source source(Tx tx) {
        return sources.find(tx, "press").orElseThrow();
    }

    private List<String> due(Database database) {
        return database.read(tx -> sources.due(tx, clock.instant(), 10)).stream()
                .map(Source::name)
                .toList();
    }
}
