package io.broadsheet.edition;

import io.broadsheet.db.Database;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.newsletter.NewsletterStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest editions, whatever became of them. */
public final class ListEditions {
    /** Asked for at most; older ones are found by their id. */
    private static final int LIMIT_MAX = 1_000;

    private final Database database;
    private final NewsletterStore newsletters;
    private final EditionStore editions;

    public ListEditions(Database database, NewsletterStore newsletters, EditionStore editions) {
        this.database = database;
        this.newsletters = newsletters;
        this.editions = editions;
    }

    /**
     * One edition as a listing shows it; parts as {@link Edition} has them.
     *
     * @param why it is held back; absent when it isn't
     */
    public record Listed(
            String edition,
            String newsletter,
            String cadence,
            Instant slot,
            String state,
            @Nullable String subject,
            long recipients,
            Instant started,
            @Nullable Instant ended,
            @Nullable String why) {}

    /**
     * Newest first.
     *
     * @param newsletterName absent: of all newsletters
     * @param limit at most 1,000
     * @throws io.broadsheet.error.UserError when there is no such newsletter
     */
    public List<Listed> list(@Nullable String newsletterName, int limit) {
        return database.read(tx -> {
            @Nullable
            NewsletterId newsletter = newsletterName == null
                    ? null
                    : newsletters.get(tx, newsletterName).id();
            return editions.newest(tx, newsletter, Math.min(limit, LIMIT_MAX)).stream()
                    .map(edition -> new Listed(
                            edition.id().toString(),
                            newsletters
                                    .find(tx, edition.newsletter())
                                    .map(Newsletter::name)
                                    .orElseThrow(),
                            edition.cadence(),
                            edition.slot(),
                            edition.state().word(),
                            edition.subject(),
                            edition.recipients(),
                            edition.started(),
                            edition.ended(),
                            edition.state() == Edition.State.PAUSED
                                    ? editions.pausedWhy(tx, edition.id()).orElse(null)
                                    : null))
                    .toList();
        });
    }
}
