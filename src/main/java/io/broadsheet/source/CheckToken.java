package io.broadsheet.source;

import io.broadsheet.db.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whose token it is that a request bears. Safe for several threads. */
public final class CheckToken {
    private static final int TOKEN_MAX = 100;
    /** When it was used last is told to the minute, so that a busy holder costs no writing. */
    private static final Duration USED_APART = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final SourceStore sources;
    private final TokenStore tokens = new TokenStore();

    public CheckToken(Database database, Clock clock, SourceStore sources) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
    }

    /** What follows. */
    public enum Standing {
        /** Its holder may post to the source. */
        GOOD,
        /** We never made it, or it was revoked: which of them, nobody is told. */
        UNKNOWN,
        /** It was made by us, but its source takes nothing any more. */
        CLOSED
    }

    /**
     * @param token the number of the token, for counting; 0 when it is unknown
     * @param source absent when the token is unknown
     */
    public record Checked(
            Standing standing, long token, @Nullable Source source) {
        static final Checked UNKNOWN = new Checked(Standing.UNKNOWN, 0, null);
    }

    /** Looked up by its hash: how long that takes says nothing about any token. */
    public Checked check(String token) {
        if (token.length() > TOKEN_MAX || !token.startsWith(GrantToken.PREFIX)) {
            return Checked.UNKNOWN;
        }
        String hash = GrantToken.hash(token);
        Optional<TokenStore.Held> held = database.read(tx -> tokens.find(tx, hash))
                .filter(found -> found.revoked() == null && equal(found.hash(), hash));
        if (held.isEmpty()) {
            return Checked.UNKNOWN;
        }
        TokenStore.Held found = held.get();
        Source source = database.read(tx -> sources.find(tx, found.source())).orElseThrow();
        if (source.closed() != null || source.definition().isVisited()) {
            return new Checked(Standing.CLOSED, found.id(), source);
        }
        Instant now = clock.instant();
        if (found.used() == null || !found.used().plus(USED_APART).isAfter(now)) {
            database.writing(tx -> tokens.used(tx, found.id(), now));
        }
        return new Checked(Standing.GOOD, found.id(), source);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
