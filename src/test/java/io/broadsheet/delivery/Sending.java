package io.broadsheet.delivery;

import io.broadsheet.article.Selection;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.dns.Dns;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.edition.Queue.Recipient;
import io.broadsheet.edition.VariantId;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.json.Json;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.test.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A newsletter with subscribers and one edition on its way, in a database of the test's. */
final class Sending {
    static final EditionId EDITION = new EditionId(100);
    private static final long NEWSLETTER = 1;
    private static final long VARIANT = 7;
    private static final int BATCH = 1_000;

    private final Database database;
    private final Clock clock;
    private final DeliveryStore deliveries;

    private final Node node;

    private Sending(TestDatabase test, Clock clock) {
        this.database = test.database();
        this.clock = clock;
        this.node = Node.join(
                database, test.home().resolve("data"), Node.Kind.SERVE, new Ids(Clock.systemUTC()), clock, "test");
        this.deliveries = new DeliveryStore(clock);
    }

    /** {@code r1@example.org} to {@code rN@example.org}, with the ids 1 to N. */
    static Sending to(TestDatabase database, Clock clock, int recipients) {
        return to(database, clock, recipients, Unknown.RESEND);
    }

    static Sending to(TestDatabase database, Clock clock, int recipients, Unknown policy) {
        Sending sending = new Sending(database, clock);
        sending.seed(recipients, policy);
        return sending;
    }

    /** The edition that another process seeded. */
    static Sending found(TestDatabase database, Clock clock) {
        return new Sending(database, clock);
    }

    DeliveryStore deliveries() {
        return deliveries;
    }

    Dispatch dispatch(SendSettings settings) {
        return dispatch(settings, routes(clock, settings.name()));
    }

    Dispatch dispatch(SendSettings settings, SenderRoutes routes) {
        EditionStore editions = new EditionStore();
        Tables tables =
                new Tables(database, clock, deliveries, new OutboxQueueStore(clock, settings.giveUp()), editions);
        return new Dispatch(
                tables, settings, Sending::message, new TakeOver(database, clock, node, editions, deliveries), routes);
    }

    String pausedWhy() {
        return database.read(tx -> new EditionStore().pausedWhy(tx, EDITION)).orElse("");
    }

    /** Nothing of the tests' is looked up or fetched. */
    static SenderRoutes routes(Clock clock, String name) {
        FetchSettings none = new FetchSettings(
                "test", List.of(), Set.of(443), 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ZERO);
        return new SenderRoutes(() -> new Dns(List.of()), new Fetcher(none, clock), Path.of("none"), clock, name);
    }

    static Smtp smtp(int port, Security security, int connections) {
        return new Smtp(
                "127.0.0.1", port, security, null, null, connections, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    Dispatch sender(SmtpSettings smtp) {
        return sender(database, clock, node, smtp);
    }

    static Dispatch sender(Database database, Clock clock, Node node, SmtpSettings smtp) {
        DeliveryStore deliveries = new DeliveryStore(clock);
        EditionStore editions = new EditionStore();
        Tables tables = new Tables(database, clock, deliveries, new OutboxQueueStore(clock, smtp.giveUp()), editions);
        return new Dispatch(
                tables,
                smtp.settings(),
                Sending::message,
                new TakeOver(database, clock, node, editions, deliveries),
                routes(clock, "news.example.org"));
    }

    Counts counts() {
        return database.read(tx -> deliveries.counts(tx, EDITION));
    }

    long count(DeliveryState state) {
        return counts().of(state);
    }

    List<Delivery> page() {
        return database.read(tx -> deliveries.page(tx, EDITION, null, new SubscriberId(0), BATCH));
    }

    Delivery delivery(long subscriber) {
        return page().stream()
                .filter(one -> one.subscriber().value() == subscriber)
                .findFirst()
                .orElseThrow();
    }

    String editionState() {
        return database.read(tx -> tx.query("select state from edition where id = :id")
                .bind("id", EDITION.value())
                .mapTo(String.class)
                .one());
    }

    void run(String sql) {
        database.writing(tx -> tx.update(sql).execute());
    }

    /** Message-ID and recipient that this delivery must have, whenever it is sent. */
    static String messageId(long subscriber) {
        return "<e100.s" + subscriber + "@news.example.org>";
    }

    private static OutgoingMessage message(Claim claim) {
        String text = "From: News <news@example.org>\r\nTo: <"
                + claim.subscriber().address().mailbox() + ">\r\nSubject: News\r\nMessage-ID: "
                + messageId(claim.subscriber().id().value())
                + "\r\n\r\n.A line that begins with a dot\r\nand one more\r\n";
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new OutgoingMessage(
                "bounce@news.example.org",
                claim.subscriber().address().mailbox(),
                messageId(claim.subscriber().id().value()),
                List.of(bytes),
                bytes.length);
    }

    private void seed(int recipients, Unknown policy) {
        NewsletterDefinition news = new NewsletterDefinition(
                "news",
                "Example News",
                null,
                new Selection(List.of(), List.of(), List.of(), List.of(), List.of()),
                "digest",
                "News",
                policy,
                List.of(new CadenceDefinition("each", null, null, false, CadenceDefinition.Missed.CATCH_UP, 1)),
                50,
                null,
                null,
                null,
                null,
                false);
        long now = clock.millis();
        database.writing(tx -> {
            tx.update(
                            "insert into newsletter (id, name, definition, provisioned, created_at) values (1, 'news', :json, true, :now)")
                    .bind("json", Json.write(news))
                    .bind("now", now)
                    .execute();
            tx.update("""
                    insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, recipients, started_at)
                    values (100, 1, 'each', :now, 'composing', :json, 0, :now, :recipients, :now)
                    """)
                    .bind("json", Json.write(news))
                    .bind("recipients", recipients)
                    .bind("now", now)
                    .execute();
            tx.update("insert into variant (id, edition_id, fingerprint) values (7, 100, 'f')")
                    .execute();
        });
        for (int from = 1; from <= recipients; from += BATCH) {
            seed(from, Math.min(recipients, from + BATCH - 1), now);
        }
        run("update edition set state = 'sending' where id = 100");
    }

    private void seed(int from, int to, long now) {
        database.writing(tx -> {
            var subscribers = tx.batch(
                    "insert into subscriber (id, address, address_key, created_at) values (:id, :address, :address, :now)");
            var subscriptions = tx.batch("""
                    insert into subscription (newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at)
                    values (:newsletter, :id, 'each', '[]', 'active', :now, :now)
                    """);
            List<Recipient> readers = new ArrayList<>();
            for (long id = from; id <= to; id++) {
                subscribers
                        .bind("id", id)
                        .bind("address", "r" + id + "@example.org")
                        .bind("now", now)
                        .add();
                subscriptions
                        .bind("newsletter", NEWSLETTER)
                        .bind("id", id)
                        .bind("now", now)
                        .add();
                readers.add(new Recipient(new SubscriberId(id), new VariantId(VARIANT)));
            }
            subscribers.execute();
            subscriptions.execute();
            deliveries.add(tx, EDITION, readers);
        });
    }

    /** How the test's sender talks to the sink. */
    record SmtpSettings(
            int port, int connections, List<Duration> retry, boolean byHand, Duration giveUp, Duration timeout) {
        static SmtpSettings of(int port) {
            return new SmtpSettings(
                    port, 4, List.of(Duration.ofHours(1)), false, Duration.ofDays(2), Duration.ofSeconds(10));
        }

        SmtpSettings connections(int number) {
            return new SmtpSettings(port, number, retry, byHand, giveUp, timeout);
        }

        SmtpSettings retry(Duration... waits) {
            return new SmtpSettings(port, connections, List.of(waits), byHand, giveUp, timeout);
        }

        SmtpSettings giveUp(Duration after) {
            return new SmtpSettings(port, connections, retry, byHand, after, timeout);
        }

        SmtpSettings timeout(Duration after) {
            return new SmtpSettings(port, connections, retry, byHand, giveUp, after);
        }

        SmtpSettings hand() {
            return new SmtpSettings(port, connections, retry, true, giveUp, timeout);
        }

        SendSettings settings() {
            Smtp smtp =
                    new Smtp("127.0.0.1", port, Security.NONE, null, null, connections, Duration.ofSeconds(2), timeout);
            return new SendSettings(
                    List.of(SenderSettings.of(smtp)),
                    "news.example.org",
                    ZoneOffset.UTC,
                    retry,
                    giveUp,
                    byHand ? EDITION : null);
        }
    }
}
