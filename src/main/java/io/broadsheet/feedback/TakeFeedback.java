package io.broadsheet.feedback;

import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.MessageIds;
import io.broadsheet.edition.ReturnPaths;
import io.broadsheet.feedback.Reading.What;
import io.broadsheet.log.Safe;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what came back, whichever door it came through. Safe to repeat: the same mail or report counts once, also after a crash in between. Safe for
 * several threads. The mail itself is a stranger's: it is read with bounds on size, depth and number of parts, never answered, and without a token of
 * ours in it nothing follows from it.
 */
public final class TakeFeedback {
    /** Of a mail that can't be read: its fields and the reason are at its beginning. */
    private static final int RAW_MAX = 16 * 1024;
    /** What strangers send must not fill the database; whoever has more of it in a day is being flooded. */
    private static final int UNPARSED_A_DAY_MAX = 1_000;

    /** One line of warning in this time, however much is dropped. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(TakeFeedback.class);

    private final Database database;
    private final Clock clock;
    private final FeedbackStore feedback;
    private final Match match;
    private final Policy policy;
    private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.MIN);

    public TakeFeedback(
            Database database,
            Clock clock,
            FeedbackStore feedback,
            Stores stores,
            ReturnPaths returnPaths,
            MessageIds messageIds,
            Tokens tokens,
            Settings.Suppress suppress) {
        this.database = database;
        this.clock = clock;
        this.feedback = feedback;
        this.match = new Match(feedback, stores, returnPaths, messageIds, tokens);
        this.policy = new Policy(clock, feedback, stores, suppress);
    }

    /**
     * One raw mail.
     *
     * <p>When the database can't take it this throws, nothing is done, and the door gives the same mail again later.
     */
    public Outcome take(MailBack mail) {
        Reading reading = ReadMail.read(mail);
        if (reading.what() == What.ANSWER) {
            log.atDebug().addKeyValue("via", mail.via()).log("automatic answer ignored");
            return Outcome.IGNORED;
        }
        return database.write(tx -> take(tx, mail, reading));
    }

    private Outcome take(Tx tx, MailBack mail, Reading reading) {
        String bytes = Fingerprint.of("mail", Fingerprint.of(mail.message()));
        // A mail to an address with a token to leave needs no words; one that says so may bring its token elsewhere.
        Optional<Match.Found> leaving = switch (reading.what()) {
            case UNPARSED -> match.leaving(tx, reading.recipients());
            case UNSUBSCRIBE -> match.leaving(tx, reading.recipients()).or(() -> match.leaving(tx, reading.places()));
            case BOUNCE, DELAY, COMPLAINT, ANSWER -> Optional.empty();
        };
        if (leaving.isPresent()) {
            return policy.apply(tx, event(leaving.get(), Event.Kind.UNSUBSCRIBE, reading, mail.via(), bytes));
        }
        Optional<Match.Found> found = match.proved(tx, reading.allPlaces(), reading.address(), reading.messageId());
        if (found.isEmpty()) {
            return keep(
                    tx, mail, bytes, "no token of ours in a " + reading.what().word() + ": " + reading.diagnostic());
        }
        return switch (reading.what()) {
            case BOUNCE -> policy.apply(tx, event(found.get(), Event.Kind.BOUNCE, reading, mail.via(), bytes));
            case DELAY -> policy.apply(tx, event(found.get(), Event.Kind.DELAY, reading, mail.via(), bytes));
            case COMPLAINT -> policy.apply(tx, event(found.get(), Event.Kind.COMPLAINT, reading, mail.via(), bytes));
            case UNSUBSCRIBE ->
                policy.apply(tx, event(found.get(), Event.Kind.UNSUBSCRIBE, reading, mail.via(), bytes));
            case UNPARSED, ANSWER -> keep(tx, mail, bytes, reading.diagnostic());
        };
    }

    /** One report that its door has authenticated. Throws as {@link #take(MailBack)} does. */
    public Outcome take(Report report) {
        return database.write(tx -> {
            String said = Safe.text(report.diagnostic());
            String itself = report.event() == null
                    ? Fingerprint.of(
                            "report",
                            report.via(),
                            report.kind().word(),
                            orEmpty(report.address()),
                            orEmpty(report.returnPath()),
                            orEmpty(report.messageId()),
                            report.at().toString())
                    : Fingerprint.of("event", report.via(), report.event());
            Optional<Match.Found> found = match.reported(tx, report);
            Event.Kind kind = switch (report.kind()) {
                case BOUNCE -> Event.Kind.BOUNCE;
                case DELAY -> Event.Kind.DELAY;
                case COMPLAINT -> Event.Kind.COMPLAINT;
                case UNSUBSCRIBE -> Event.Kind.UNSUBSCRIBE;
            };
            if (found.isEmpty()) {
                return keep(
                        tx,
                        event(
                                null,
                                Event.Kind.UNPARSED,
                                null,
                                "a " + report.kind().word() + " about nobody we know: " + said,
                                report.via(),
                                itself,
                                report.at(),
                                null));
            }
            return policy.apply(
                    tx,
                    event(
                            found.get(),
                            kind,
                            Severity.status(report.status(), said),
                            said,
                            report.via(),
                            itself,
                            report.at(),
                            null));
        });
    }

    private Outcome keep(Tx tx, MailBack mail, String itself, String why) {
        String raw = new String(
                        mail.message(), 0, Math.min(mail.message().length, RAW_MAX), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ');
        return keep(
                tx, event(null, Event.Kind.UNPARSED, null, Safe.text(why), mail.via(), itself, clock.instant(), raw));
    }

    private Outcome keep(Tx tx, Event event) {
        Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
        if (feedback.unparsed(tx, dayAgo, UNPARSED_A_DAY_MAX) >= UNPARSED_A_DAY_MAX) {
            warn(event);
            return Outcome.UNPARSED;
        }
        return policy.apply(tx, event);
    }

    private void warn(Event event) {
        Instant now = clock.instant();
        Instant before = warned.get();
        if (before.isBefore(now.minus(BETWEEN_WARNINGS)) && warned.compareAndSet(before, now)) {
            log.atWarn()
                    .addKeyValue("via", event.via())
                    .addKeyValue("why", event.diagnostic())
                    .log("more than 1000 mails a day can't be read: dropped; see 'broadsheet feedback list'");
        }
    }

    private Event event(Match.Found found, Event.Kind kind, Reading reading, String via, String itself) {
        return event(found, kind, reading.status(), reading.diagnostic(), via, itself, clock.instant(), null);
    }

    private static Event event(
            Match.@Nullable Found found,
            Event.Kind kind,
            @Nullable String status,
            String diagnostic,
            String via,
            String itself,
            Instant happened,
            @Nullable String raw) {
        @Nullable Severity severity = kind == Event.Kind.BOUNCE ? Severity.of(status, diagnostic) : null;
        if (found == null) {
            return new Event(
                    itself, kind, null, null, null, null, null, status, diagnostic, via, happened, happened, raw);
        }
        return new Event(
                fingerprint(found, kind, severity, itself),
                kind,
                severity,
                found.subscriber(),
                found.subscriber().address().key(),
                found.edition(),
                found.newsletter(),
                status,
                diagnostic,
                via,
                found.sent() == null ? happened : found.sent(),
                happened,
                raw);
    }

    /**
     * One delivery comes back once, whether a mail says so, a webhook or both. A wish to leave is itself each time: who came back may leave by the same
     * token again.
     */
    private static String fingerprint(Match.Found found, Event.Kind kind, @Nullable Severity severity, String itself) {
        if (found.edition() == null || kind == Event.Kind.UNSUBSCRIBE) {
            return itself;
        }
        return Fingerprint.of(
                "delivery",
                found.edition().toString(),
                found.subscriber().id().toString(),
                kind.word(),
                severity == null ? "" : severity.word());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
