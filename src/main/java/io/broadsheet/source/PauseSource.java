package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends and resumes the visits to a source: running state, which config files know nothing of. Safe to repeat. */
public final class PauseSource {
    private static final Logger log = LoggerFactory.getLogger(PauseSource.class);

    private final Database database;
    private final Clock clock;
    private final SourceStore sources;

    public PauseSource(Database database, Clock clock, SourceStore sources) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
    }

    /**
     * @return whether it was not paused before
     * @throws UserError when there is no source of this name
     */
    public boolean pause(String name) {
        boolean changed = database.write(
                tx -> sources.pause(tx, ShowSources.named(tx, sources, name).id(), clock.instant()));
        tell(changed, name, "source paused");
        return changed;
    }

    /**
     * It is due at once, as if it had never failed.
     *
     * @return whether it was paused, or visited more seldom because it failed
     * @throws UserError when there is no source of this name
     */
    public boolean resume(String name) {
        boolean changed = database.write(
                tx -> sources.resume(tx, ShowSources.named(tx, sources, name).id(), clock.instant()));
        tell(changed, name, "source resumed");
        return changed;
    }

    private static void tell(boolean changed, String name, String event) {
        if (changed) {
            log.atInfo().addKeyValue("source", name).log(event);
        }
    }
}
