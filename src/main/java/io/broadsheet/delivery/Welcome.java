package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.EditionStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a provider that does not want our mail as it is (5.7.x, RFC 3463 §3.8: policy, reputation, a missing signature) from one reader's server that
 * does not. The first is nobody's fault but ours: sending on would make it worse, so the edition is paused until an admin has seen to it. Safe for
 * several threads, because all is done under its monitor.
 */
final class Welcome {
    private static final Logger log = LoggerFactory.getLogger(Welcome.class);
    /** So many in a row, from anybody: it is us. */
    private static final int IN_A_ROW_MAX = 3;

    private final Database database;
    private final EditionStore editions;
    private final Map<String, Integer> inARow = new HashMap<>();
    private final Set<String> letIn = new HashSet<>();

    Welcome(Database database, EditionStore editions) {
        this.database = database;
        this.editions = editions;
    }

    /** A message was taken. */
    synchronized void accepted(String sender, String provider) {
        inARow.remove(sender);
        if (Providers.isLarge(provider)) {
            letIn.add(sender + " " + provider);
        }
    }

    /**
     * A message was refused for what we are. One server among many has its own reasons; a large provider that never let us in, a refusal of
     * our return path, or one refusal after the other, speak of us.
     *
     * @return whether the edition is held back for it
     */
    synchronized boolean refused(String sender, String provider, EditionId edition, Reply reply) {
        int times = inARow.merge(sender, 1, Integer::sum);
        boolean large = Providers.isLarge(provider) && !letIn.contains(sender + " " + provider);
        boolean ours = reply.phase() == Reply.Phase.MAIL;
        if (!ours && !large && times < IN_A_ROW_MAX) {
            return false;
        }
        String why = provider + " does not take our mail: " + reply.line()
                + "; mend what it names, then resume or cancel the edition";
        if (database.write(tx -> editions.pause(tx, edition, why))) {
            log.atError()
                    .addKeyValue("edition", edition)
                    .addKeyValue("sender", sender)
                    .addKeyValue("provider", provider)
                    .addKeyValue("reply", reply.line())
                    .log(
                            "edition paused: a provider does not want our mail; see 'broadsheet edition show {}'",
                            edition);
        }
        return true;
    }
}
