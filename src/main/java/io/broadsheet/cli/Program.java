package io.broadsheet.cli;

import io.broadsheet.config.Home;
import io.broadsheet.config.Problem;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.provision.Applied;
import io.broadsheet.source.Inspect;
import java.io.PrintStream;
import java.util.List;

/** What the commands start from; the composition root provides it. Nothing is loaded or opened before it is asked for, so that help comes at once. */
public interface Program {
    /**
     * Opens a home: reads its settings, connects to its database and applies its config where that changed.
     *
     * @throws io.broadsheet.error.UserError when the config has problems, or the database is of another version and {@code opening} doesn't migrate it
     */
    Installation open(Home home, Opening opening);

    /** Inspecting, under the home's fetch settings if it has any; needs no database. */
    Inspect inspect(Home home);

    /** The keys that sign the home's mail; needs no database. */
    Keyring keyring(Home home);

    /** All that is wrong with the home's config files; needs no database. */
    List<Problem> check(Home home);

    /**
     * Makes the definitions in the home's config those of its database, which is migrated first.
     *
     * @param dryRun whether only to answer what would change
     */
    Applied apply(Home home, boolean dryRun);

    /**
     * Runs the demo, which tells its story on {@code out}, until it is interrupted.
     *
     * @param once whether it ends by itself, after checking what it did from the outside
     * @return whether all it checked was so
     */
    boolean demo(boolean once, PrintStream out);

    /** What may happen to the schema of the home's database. */
    enum Opening {
        /** It is taken to this version. */
        MIGRATE,
        /** It is made if there is none yet; an older one is left alone. */
        AS_IT_IS
    }
}
