package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.error.OutsideError;
import io.broadsheet.http.Fetcher;
import io.broadsheet.log.Safe;
import io.broadsheet.source.HubSubscription.State;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks hubs for what is wanted of them: subscriptions, their renewal before they end, and their end (WebSub §5.1). What a hub answers at once proves
 * nothing; {@link AnswerHub} waits for its proof. Safe to repeat after a crash, and for several processes: each request is made by one of them.
 */
public final class KeepHubs {
    private static final Logger log = LoggerFactory.getLogger(KeepHubs.class);

    /** What we ask for; a hub may give less, or more. */
    static final Duration LEASE = Duration.ofDays(10);

    /** A hub that didn't prove a request is asked again after this; twice as long each time it doesn't. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private static final Duration AGAIN_MAX = Duration.ofDays(1);
    private static final int DOUBLINGS_MAX = 10;

    /** Then it is let go: a hub that pushes on is answered with 410. */
    private static final int GOODBYES_MAX = 3;

    private static final int ROUND_MAX = 100;

    private final Database database;
    private final Clock clock;
    private final Fetcher fetcher;
    private final SourceStore sources;
    private final HubKeys keys;
    private final String siteUrl;
    private final HubStore hubs = new HubStore();

    /** @param siteUrl public base of our addresses, without a trailing slash */
    public KeepHubs(
            Database database, Clock clock, Fetcher fetcher, SourceStore sources, HubKeys keys, String siteUrl) {
        this.database = database;
        this.clock = clock;
        this.fetcher = fetcher;
        this.sources = sources;
        this.keys = keys;
        this.siteUrl = siteUrl;
    }

    /** No pushes are wanted any more: hubs are told so by the next {@link #due}. */
    public void leaveAll() {
        int left = database.write(tx -> hubs.leaveAll(tx, clock.instant()));
        if (left > 0) {
            log.atInfo().addKeyValue("subscriptions", left).log("subscriptions at hubs are ended");
        }
    }

    /** Pushes that were promised to be taken in, by a process that then ended: their sources are due at once instead. */
    public void visitWhatIsOwed() {
        Instant now = clock.instant();
        database.writing(tx -> {
            for (HubSubscription one : hubs.owing(tx)) {
                sources.dueAt(tx, one.source(), now);
                hubs.settle(tx, one.id(), now);
            }
        });
    }

    /** Asks the hubs whose time has come. */
    public void due() {
        ask(Set.of(State.WANTED, State.LIVE, State.DENIED, State.LEAVING));
    }

    /** The same where no pushes are wanted: only ends what there is. */
    public void dueGoodbyes() {
        ask(Set.of(State.LEAVING));
    }

    private void ask(Set<State> which) {
        Set<String> away = new HashSet<>();
        List<HubSubscription> due = database.read(tx -> hubs.due(tx, clock.instant(), ROUND_MAX));
        for (HubSubscription one : due) {
            // Hubs that were silent a moment ago must not keep the others waiting, once for each of their feeds.
            if (which.contains(one.state()) && !away.contains(host(one)) && claimed(one) && !ask(one)) {
                away.add(host(one));
            }
        }
    }

    private boolean claimed(HubSubscription one) {
        if (one.state() == State.LEAVING && one.failures() >= GOODBYES_MAX) {
            database.writing(tx -> hubs.remove(tx, one.id()));
            return false;
        }
        Duration wait = AGAIN.multipliedBy(1L << Math.min(one.failures(), DOUBLINGS_MAX));
        Instant next = clock.instant().plus(wait.compareTo(AGAIN_MAX) > 0 ? AGAIN_MAX : wait);
        return database.write(tx -> hubs.claim(tx, one, next));
    }

    /** Answers whether the hub was there. */
    private boolean ask(HubSubscription one) {
        Map<String, String> form = new LinkedHashMap<>();
        boolean leaving = one.state() == State.LEAVING;
        form.put("hub.mode", leaving ? "unsubscribe" : "subscribe");
        form.put("hub.topic", one.link().topic());
        form.put("hub.callback", siteUrl + "/websub/" + keys.token(one.id()));
        if (!leaving) {
            // Also to a hub without TLS, though §5.1 would rather not: it keeps out all who can't listen in there.
            form.put("hub.secret", keys.secret(one.id()));
            form.put("hub.lease_seconds", Long.toString(LEASE.toSeconds()));
        }
        try {
            int status = fetcher.post(one.link().hub(), form);
            boolean well = status / 100 == 2;
            tell(one, well ? null : "it answered with " + status);
            return true;
        } catch (OutsideError e) {
            tell(one, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void tell(HubSubscription one, @Nullable String error) {
        database.writing(tx -> hubs.answered(tx, one.id(), error == null ? null : Safe.text(error)));
        (error == null ? log.atInfo() : log.atWarn())
                .addKeyValue("hub", Safe.text(host(one)))
                .addKeyValue("topic", Safe.text(one.link().topic()))
                .addKeyValue("error", Safe.text(error))
                .log(one.state() == State.LEAVING ? "hub asked to push no more" : "hub asked to push");
    }

    private static String host(HubSubscription one) {
        try {
            return String.valueOf(URI.create(one.link().hub()).getHost());
        } catch (IllegalArgumentException e) {
            return one.link().hub();
        }
    }
}
