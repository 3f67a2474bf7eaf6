package io.broadsheet.feedback;

import io.broadsheet.db.Database;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came back and could not be read, or was about nobody we know: an admin looks at it, and nothing follows by itself. */
public final class ListUnparsed {
    private static final int LIMIT_MAX = 1_000;

    private final Database database;
    private final FeedbackStore feedback;

    public ListUnparsed(Database database, FeedbackStore feedback) {
        this.database = database;
        this.feedback = feedback;
    }

    /**
     * One of them.
     *
     * @param why it could not be read, in one line
     * @param raw the beginning of the mail, one character an octet; absent for a provider's report
     */
    public record Unparsed(
            String id,
            Instant at,
            String via,
            String why,
            @Nullable String raw) {}

    /** The newest, newest first, at most so many and 1000. */
    public List<Unparsed> newest(int limit) {
        return database.read(tx -> feedback.unparsed(tx, Math.max(0, Math.min(limit, LIMIT_MAX))).stream()
                .map(one -> new Unparsed(Long.toString(one.id()), one.taken(), one.via(), one.why(), one.raw()))
                .toList());
    }
}
