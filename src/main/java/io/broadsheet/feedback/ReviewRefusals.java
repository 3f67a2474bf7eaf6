package io.broadsheet.feedback;

import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.delivery.RefusalStore;
import io.broadsheet.delivery.RefusalStore.Refusal;
import io.broadsheet.subscriber.Stores;
import io.broadsheet.subscriber.Subscriber;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through what mail servers refused at once, or we gave up, and lets the one policy judge it. A page at a time, each in one transaction with its
 * mark: a crash loses nothing, and a second call finds only what is new. Safe for several threads and nodes.
 */
public final class ReviewRefusals {
    /** Refusals in one transaction, which must stay under 250 ms. */
    private static final int PAGE = 100;
    /** Pages in one call: whoever calls has other work too, and calls again. */
    private static final int PAGES_MAX = 100;
    /** A reply of a mail server; what we say ourselves (its message could not be written, its sender is unknown) is not the reader's doing. */
    private static final Pattern OF_A_SERVER = Pattern.compile("(?:^|: )[45]\\d\\d(?: |$)");

    private static final Logger log = LoggerFactory.getLogger(ReviewRefusals.class);

    private final Database database;
    private final Clock clock;
    private final RefusalStore refusals = new RefusalStore();
    private final Stores stores;
    private final Policy policy;

    public ReviewRefusals(
            Database database, Clock clock, FeedbackStore feedback, Stores stores, Settings.Suppress suppress) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.policy = new Policy(clock, feedback, stores, suppress);
    }

    /** Reviews what there is, and answers how many addresses were suppressed. */
    public int review() {
        int suppressed = 0;
        for (int page = 0; page < PAGES_MAX; page++) {
            // Asked outside a writing transaction: mostly there is nothing, and writers queue.
            if (database.read(tx -> page(tx, 1)).isEmpty()) {
                break;
            }
            suppressed += database.write(this::reviewPage);
        }
        if (suppressed > 0) {
            log.atInfo().addKeyValue("suppressed", suppressed).log("refusals reviewed");
        }
        return suppressed;
    }

    private List<Refusal> page(Tx tx, int limit) {
        List<Refusal> page = new ArrayList<>(refusals.deliveries(tx, limit));
        if (page.size() < limit) {
            page.addAll(refusals.confirmations(tx, limit - page.size()));
        }
        return page;
    }

    private int reviewPage(Tx tx) {
        List<Refusal> page = page(tx, PAGE);
        int suppressed = 0;
        for (Refusal refusal : page) {
            if (OF_A_SERVER.matcher(refusal.reply()).find() && judge(tx, refusal) == Outcome.SUPPRESSED) {
                suppressed++;
            }
        }
        refusals.reviewed(tx, page, clock.instant());
        return suppressed;
    }

    private Outcome judge(Tx tx, Refusal refusal) {
        Optional<Subscriber> subscriber = stores.subscribers().find(tx, refusal.subscriber());
        if (subscriber.isEmpty()) {
            return Outcome.NOTED;
        }
        String mail = refusal.edition() == null ? "outbox " + refusal.outbox() : "edition " + refusal.edition();
        return policy.apply(
                tx,
                new Event(
                        Fingerprint.of("refusal", mail, refusal.subscriber().toString()),
                        Event.Kind.BOUNCE,
                        Severity.of(null, refusal.reply()),
                        subscriber.get(),
                        subscriber.get().address().key(),
                        refusal.edition(),
                        null,
                        Severity.status(null, refusal.reply()),
                        refusal.reply(),
                        "smtp",
                        refusal.at(),
                        refusal.at(),
                        null));
    }
}
