package io.broadsheet.feedback;

import io.broadsheet.article.Selection;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.edition.ReturnPaths;
import io.broadsheet.json.Json;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.subscriber.ShowSubscriber;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.test.TestClock;
import io.broadsheet.test.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Readers of two newsletters with editions that went out, and the operations on what comes back. */
final class Mailroom {
    static final EditionId FIRST = new EditionId(101);
    static final NewsletterId NEWS = new NewsletterId(1);
    static final SubscriberId ADA = new SubscriberId(11);
    private static final byte[] SECRET = new byte[32];
    static final ReturnPaths PATHS = new ReturnPaths(SECRET, "bounces@bounce.example.org");
    static final MessageIds MESSAGE_IDS = new MessageIds(SECRET, "news.example.org");
    static final Tokens TOKENS = new Tokens(SECRET);

    final TestClock clock = TestClock.at("2026-11-24T09:00:00Z");
    final Database database;
    final TestDatabase test;
    final Stores stores;
    final TakeFeedback takeFeedback;
    final ReviewRefusals reviewRefusals;
    final Suppress suppress;
    final ListSuppressions listSuppressions;
    final ShowSuppression showSuppression;
    final FeedbackStore feedback;
    final ShowSubscriber showSubscriber;
    final ListUnparsed listUnparsed;

    Mailroom(TestDatabase test) {
        this.test = test;
        this.database = test.database();
        Ids ids = new Ids(clock);
        this.stores = Stores.with(ids, new NewsletterStore(ids));
        this.feedback = new FeedbackStore(ids);
        Settings.Suppress policy = new Settings.Suppress(3, Duration.ofDays(30));
        this.takeFeedback = new TakeFeedback(database, clock, feedback, stores, PATHS, MESSAGE_IDS, TOKENS, policy);
        this.reviewRefusals = new ReviewRefusals(database, clock, feedback, stores, policy);
        this.suppress = new Suppress(database, clock, feedback, stores);
        this.listSuppressions = new ListSuppressions(database, stores.suppressions());
        this.showSuppression = new ShowSuppression(database, stores.suppressions());
        this.showSubscriber = new ShowSubscriber(database, stores);
        this.listUnparsed = new ListUnparsed(database, feedback);
        newsletter(1, "news");
        newsletter(2, "sport");
        reader(ADA.value(), "ada@example.net");
        reader(12, "grace@example.com");
        edition(FIRST.value());
        delivery(FIRST.value(), ADA.value(), "accepted", "250 ok");
    }

    private void newsletter(long id, String name) {
        NewsletterDefinition definition = new NewsletterDefinition(
                name,
                name,
                null,
                Selection.ALL,
                "digest",
                "News",
                Unknown.RESEND,
                List.of(new CadenceDefinition("each", null, null, false, CadenceDefinition.Missed.CATCH_UP, 1)),
                50,
                null,
                null,
                null,
                null,
                false);
        run("insert into newsletter (id, name, definition, provisioned, created_at) values (" + id + ", '" + name
                + "', '" + Json.write(definition).replace("'", "''") + "', true, 0)");
    }

    private void reader(long id, String address) {
        run("insert into subscriber (id, address, address_key, created_at) values (" + id + ", '" + address + "', '"
                + address + "', 0)");
        for (int newsletter = 1; newsletter <= 2; newsletter++) {
            run(
                    "insert into subscription (newsletter_id, subscriber_id, cadence, topics, state, requested_at, joined_at, due_after_at) values ("
                            + newsletter + ", " + id + ", 'each', '[]', 'active', 0, 0, 0)");
        }
    }

    /** An edition of `news`. */
    void edition(long id) {
        run(
                "insert into edition (id, newsletter_id, cadence, slot_at, state, definition, from_at, as_of_at, started_at) values ("
                        + id + ", 1, 'each', " + id + ", 'sent', '{}', 0, 0, 0)");
        run("insert into variant (id, edition_id, fingerprint) values (" + id + ", " + id + ", 'f')");
    }

    void delivery(long edition, long subscriber, String state, String reply) {
        run("insert into delivery (edition_id, subscriber_id, variant_id, state, reply, changed_at) values (" + edition
                + ", " + subscriber + ", " + edition + ", '" + state + "', '" + reply + "', " + clock.millis() + ")");
    }

    void run(String sql) {
        database.writing(tx -> tx.update(sql.replace("<", "\\<")).execute());
    }

    /** As if nothing had come back. */
    void forget() {
        for (String table : List.of("feedback", "suppression", "consent")) {
            run("delete from " + table);
        }
        run("update subscription set state = 'active', ended_at = null, ended_why = null");
    }

    long count(String table) {
        return database.read(tx ->
                tx.query("select count(*) from " + table).mapTo(Long.class).one());
    }

    boolean isSuppressed(String email) {
        return showSuppression.show(email).suppressed();
    }

    /** The states of the reader's subscriptions, `news` first. */
    List<String> subscriptions(String email) {
        return showSubscriber.show(email).subscriptions().stream()
                .map(ShowSubscriber.ShownSubscription::state)
                .toList();
    }

    Outcome takes(String mail) {
        return takes(mail, null);
    }

    Outcome takes(String mail, @Nullable String recipient) {
        return takeFeedback.take(new MailBack(mail.getBytes(StandardCharsets.UTF_8), recipient, "listener"));
    }

    static String returnPath(EditionId edition, SubscriberId subscriber) {
        return "bounces+" + PATHS.token(edition, subscriber) + "@bounce.example.org";
    }

    /** A mail with our own marks put into it, as if we had sent the first edition to this reader. */
    static String marked(String mail) {
        String leave = TOKENS.unsubscribeByMail(NEWS, ADA);
        return mail.replace("@RETURN-PATH@", returnPath(FIRST, ADA))
                .replace("@TOKEN@", PATHS.token(FIRST, ADA))
                .replace("@MESSAGE-ID@", MESSAGE_IDS.of(FIRST, ADA))
                .replace("@UNSUBSCRIBE@", "https://news.example.org/u/" + TOKENS.unsubscribe(NEWS, ADA))
                .replace("@UNSUBSCRIBE-MAIL@", "unsubscribe+" + leave + "@bounce.example.org")
                .replace(
                        "@UNSUBSCRIBE-MAIL-UPPER@",
                        ("unsubscribe+" + leave).toUpperCase(Locale.ROOT) + "@bounce.example.org")
                .replace("@LEAVE@", leave);
    }

    /** A standard report of one failure. */
    static String bounce(String to, String status, String said) {
        return """
                From: MAILER-DAEMON@mx.example.net
                To: %s
                Subject: Undelivered
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; ada@example.net
                Action: failed
                Status: %s
                Diagnostic-Code: smtp; %s
                --b--
                """.formatted(to, status, said);
    }
}
