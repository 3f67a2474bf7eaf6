package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.log.Safe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers hubs that ask whether we meant it, and tells their pushes from those of others. Safe to repeat, and for several threads. */
public final class AnswerHub {
    private static final Logger log = LoggerFactory.getLogger(AnswerHub.class);

    private static final int CHALLENGE_MAX = 4_000;
    /** Hubs of before WebSub may name no lease. */
    private static final Duration LEASE_UNTOLD = Duration.ofDays(1);

    private static final Duration LEASE_LEAST = Duration.ofMinutes(1);
    private static final Duration LEASE_MOST = Duration.ofDays(365);

    /** Who said no may say yes another day. */
    private static final Duration AFTER_NO = Duration.ofDays(1);

    /** Renewal comes when between half and four fifths of a lease are over, so that those of one day don't come together for ever. */
    private static final double RENEW_FROM = 0.5;

    private static final double RENEW_TO = 0.8;

    /** Told once each; a log has an end. */
    private static final int FORGED_MAX = 1_000;

    private final Database database;
    private final Clock clock;
    private final HubKeys keys;
    private final SourceStore sources;
    private final HubStore hubs = new HubStore();
    private final Set<Long> forged = ConcurrentHashMap.newKeySet();

    public AnswerHub(Database database, Clock clock, HubKeys keys, SourceStore sources) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.sources = sources;
    }

    /** What a hub asks with its GET (WebSub §5.3); parts it left out are absent. */
    public record Intent(
            String mode,
            @Nullable String topic,
            @Nullable String challenge,
            @Nullable String leaseSeconds,
            @Nullable String reason) {}

    /** What is to be answered to a push. */
    public enum Push {
        /** It is proved, and promised to be taken in. */
        OWED,
        /** It is not the hub's, and nothing follows; the answer doesn't tell (§8). */
        IGNORED,
        /** The subscription is over. */
        GONE
    }

    /** @return what to answer with; empty when we did not mean it */
    public Optional<String> confirm(String token, Intent intent) {
        OptionalLong id = keys.subscription(token);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return database.write(tx -> {
            Optional<HubSubscription> found = hubs.find(tx, id.getAsLong())
                    .filter(one -> one.link().topic().equals(intent.topic()));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            HubSubscription one = found.get();
            Instant now = clock.instant();
            String challenge = intent.challenge();
            boolean challenged = challenge != null && !challenge.isEmpty() && challenge.length() <= CHALLENGE_MAX;
            switch (intent.mode()) {
                case "subscribe" -> {
                    Duration lease = lease(intent.leaseSeconds());
                    boolean wanted =
                            challenged && hubs.verified(tx, one.id(), now.plus(lease), now.plus(renewalAfter(lease)));
                    return wanted ? Optional.ofNullable(told(one, challenge, lease)) : Optional.empty();
                }
                case "unsubscribe" -> {
                    if (!challenged || one.state() != HubSubscription.State.LEAVING) {
                        return Optional.empty();
                    }
                    hubs.remove(tx, one.id());
                    return Optional.ofNullable(challenge);
                }
                case "denied" -> {
                    String reason = "the hub denied it: " + Safe.text(intent.reason());
                    hubs.denied(tx, one.id(), reason, now.plus(AFTER_NO));
                    log.atWarn()
                            .addKeyValue("topic", Safe.text(one.link().topic()))
                            .addKeyValue("reason", Safe.text(intent.reason()))
                            .log("hub denied a subscription; its source is visited as often as before");
                    return Optional.of("");
                }
                default -> {
                    return Optional.empty();
                }
            }
        });
    }

    private static @Nullable String told(HubSubscription one, @Nullable String challenge, Duration lease) {
        log.atInfo()
                .addKeyValue("topic", Safe.text(one.link().topic()))
                .addKeyValue("lease-s", lease.toSeconds())
                .log("subscribed at hub");
        return challenge;
    }

    private static Duration lease(@Nullable String seconds) {
        if (seconds == null || !seconds.strip().matches("[0-9]{1,9}")) {
            return LEASE_UNTOLD;
        }
        Duration lease = Duration.ofSeconds(Long.parseLong(seconds.strip()));
        Duration least = lease.compareTo(LEASE_LEAST) < 0 ? LEASE_LEAST : lease;
        return least.compareTo(LEASE_MOST) > 0 ? LEASE_MOST : least;
    }

    private static Duration renewalAfter(Duration lease) {
        double share = ThreadLocalRandom.current().nextDouble(RENEW_FROM, RENEW_TO);
        return Duration.ofMillis(Math.round(lease.toMillis() * share));
    }

    /** The subscription that this address is of; empty when it is none of ours. Asked before a body is read. */
    public OptionalLong subscription(String token) {
        return keys.subscription(token);
    }

    /**
     * A document was pushed.
     *
     * @param signature the header {@code X-Hub-Signature}; absent when there was none
     */
    public Push push(long subscription, @Nullable String signature, byte[] body) {
        Instant now = clock.instant();
        Optional<HubSubscription> found = database.read(tx -> hubs.find(tx, subscription));
        if (found.isEmpty() || found.get().state() == HubSubscription.State.LEAVING) {
            return Push.GONE;
        }
        if (!keys.isSigned(subscription, signature, body)) {
            if (forged.size() < FORGED_MAX && forged.add(subscription)) {
                log.atWarn()
                        .addKeyValue("topic", Safe.text(found.get().link().topic()))
                        .log("a push without the hub's signature was ignored; more of them are not told of");
            }
            return Push.IGNORED;
        }
        database.writing(tx -> hubs.owe(tx, subscription, now));
        return Push.OWED;
    }

    /** What was pushed can't be taken as it is: its source is due at once instead. */
    public void visitInstead(long subscription) {
        Instant now = clock.instant();
        database.writing(tx -> hubs.find(tx, subscription).ifPresent(one -> {
            sources.dueAt(tx, one.source(), now);
            hubs.settle(tx, subscription, now);
        }));
    }
}
