package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and ends the tokens that let their holders post articles to a source of kind {@code api}. A token is shown once, when it is made; only its
 * SHA-256 is stored, which needs no salt, since 256 random bits can't be guessed. Safe for several threads.
 */
public final class GrantToken {
    private static final Logger log = LoggerFactory.getLogger(GrantToken.class);

    /** So that one that leaked into a file or a log is known for what it is. */
    static final String PREFIX = "broadsheet_";

    private static final int BYTES = 32;
    private static final int NOTE_MAX = 200;
    /** More than anybody hands out. */
    private static final int LISTED_MAX = 1_000;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final SourceStore sources;
    private final TokenStore tokens = new TokenStore();
    private final SecureRandom random = new SecureRandom();

    public GrantToken(Database database, Clock clock, Ids ids, SourceStore sources) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.sources = sources;
    }

    /** @param token the string itself, which is nowhere else */
    public record Granted(String id, String source, String token) {}

    /**
     * A new token.
     *
     * @param note what to call it; absent: nothing
     * @throws UserError when there is no such source, or articles can't be posted to it
     */
    public Granted grant(String source, @Nullable String note) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String called = note == null || note.isBlank() ? null : Safe.text(note.strip());
        if (called != null && called.length() > NOTE_MAX) {
            throw new UserError("token new: the note is longer than " + NOTE_MAX + " characters; shorten it");
        }
        long id = ids.next();
        database.writing(tx -> {
            Source found = sources.find(tx, source)
                    .filter(one -> one.closed() == null)
                    .orElseThrow(() -> new UserError("token new: no source is named '" + Safe.text(source)
                            + "'; write one of kind api into config/sources.yml"));
            if (found.definition().isVisited()) {
                throw new UserError(
                        "token new: source '" + source
                                + "' is not of kind api, so nothing can be posted to it; write another into config/sources.yml");
            }
            tokens.add(tx, id, found.id(), called, hash(token), clock.instant());
        });
        log.atInfo().addKeyValue("source", source).addKeyValue("token", id).log("token granted");
        return new Granted(Long.toString(id), source, token);
    }

    /**
     * Ends a token, from the next request on. Safe to repeat.
     *
     * @return what it was, as it is now
     * @throws UserError when there is none of this id
     */
    public SourceToken revoke(String id) {
        Instant now = clock.instant();
        SourceToken token = database.write(tx -> {
            long number = id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
            tokens.revoke(tx, number, now);
            return tokens.find(tx, number)
                    .orElseThrow(() -> new UserError(
                            "token revoke: there is no token " + Safe.text(id) + "; 'token list' shows their ids"));
        });
        log.atInfo()
                .addKeyValue("source", token.source())
                .addKeyValue("token", token.id())
                .log("token revoked");
        return token;
    }

    /** The tokens there are, revoked ones too, oldest first. */
    public List<SourceToken> list() {
        return database.read(tx -> tokens.list(tx, LISTED_MAX));
    }

    static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
