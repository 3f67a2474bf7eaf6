package io.broadsheet.subscriber;

import io.broadsheet.article.Selection;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.CadenceDefinition.Missed;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.progress.Progress;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One newsletter `news` with the cadences `each` and `daily`, and the operations on those who take it. */
final class Readers {
    private static final ZoneId UTC = ZoneId.of("UTC");

    final TestClock clock = TestClock.at("2026-11-24T09:00:00Z");
    final Database database;
    final Path folder;
    final Stores stores;
    final Tokens tokens = new Tokens(new byte[32]);
    final Subscribe subscribe;
    final Unsubscribe unsubscribe;
    final AddSubscriber addSubscriber;
    final ImportSubscribers importSubscribers;
    final ExportSubscribers exportSubscribers;
    final RemoveSubscriber removeSubscriber;
    final ShowSubscriber showSubscriber;

    Readers(TestDatabase test) {
        this.database = test.database();
        this.folder = test.home();
        Ids ids = new Ids(clock);
        this.stores = Stores.with(ids, new NewsletterStore(ids));
        this.subscribe = new Subscribe(database, clock, stores, tokens, UTC);
        this.unsubscribe = new Unsubscribe(database, clock, stores, tokens);
        this.addSubscriber = new AddSubscriber(database, clock, stores, UTC);
        this.importSubscribers = new ImportSubscribers(database, clock, stores, UTC);
        this.exportSubscribers =
                new ExportSubscribers(new ListSubscribers(database, stores.newsletters(), stores.subscriptions()));
        this.removeSubscriber = new RemoveSubscriber(database, clock, stores);
        this.showSubscriber = new ShowSubscriber(database, stores);
        CadenceDefinition each = new CadenceDefinition("each", null, null, false, Missed.CATCH_UP, 1);
        CadenceDefinition daily = new CadenceDefinition("daily", "0 0 7 * * ?", UTC, false, Missed.CATCH_UP, 1);
        NewsletterDefinition news = new NewsletterDefinition(
                "news",
                "Example News",
                null,
                Selection.ALL,
                "digest",
                "News",
                Unknown.RESEND,
                List.of(each, daily),
                50,
                null,
                null,
                null,
                null,
                false);
        database.writing(tx -> stores.newsletters().put(tx, news, true, clock.instant()));
    }

    Newsletter news() {
        return database.read(tx -> stores.newsletters().get(tx, "news"));
    }

    ImportSubscribers.Report imports(String csv) {
        return imports(csv, "asked at a fair");
    }

    ImportSubscribers.Report imports(String csv, @Nullable String confirmed) {
        return importSubscribers.take(
                new ImportSubscribers.Request(file(csv), "news", null, confirmed, false), Progress.NONE);
    }

    Path file(String csv) {
        try {
            return Files.write(folder.resolve("people.csv"), csv.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Subscription subscription(String email) {
        return database.read(
                tx -> stores.subscriptions().find(tx, news().id(), id(email)).orElseThrow());
    }

    SubscriberId id(String email) {
        return database.read(tx ->
                stores.subscribers().find(tx, Address.of(email)).orElseThrow().id());
    }

    List<OutboxStore.Confirmation> outbox() {
        return database.read(tx -> stores.outbox().queued(tx, 1_000));
    }

    void suppress(String email) {
        Suppression suppression =
                new Suppression(Address.of(email).key(), Suppression.Why.BOUNCE, clock.instant(), "550 5.1.1");
        database.writing(tx -> stores.suppressions().add(tx, suppression));
    }

    String confirmToken(String email) {
        return tokens.confirm(news().id(), id(email), clock.instant().plus(Subscribe.CONFIRMATION_LASTS));
    }

    String unsubscribeToken(String email) {
        return tokens.unsubscribe(news().id(), id(email));
    }
}
