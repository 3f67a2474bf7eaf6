package io.broadsheet.db;

import io.broadsheet.error.UserError;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Brings the schema to what this version of the program knows. */
public final class Migrations {
    /** The newest version under {@code db/migration}; a test holds that it is. */
    static final int NEWEST = 12;

    private static final String NOT_THERE = "0";

    private final Database database;

    public Migrations(Database database) {
        this.database = database;
    }

    /** Migrates, and answers how many steps were taken. Safe to repeat. */
    public int migrate() {
        if (version() == NEWEST) {
            return 0;
        }
        return flyway().migrate().migrationsExecuted;
    }

    /**
     * Migrates an empty database; one of another version is left alone.
     *
     * @throws UserError when the schema is older or newer than this program
     */
    public void expectCurrent() {
        int version = version();
        if (version == 0) {
            migrate();
        } else if (version < NEWEST) {
            throw new UserError("database: it is of an older version (" + version + ", this program has " + NEWEST
                    + "); stop the older 'serve', then run 'broadsheet apply'");
        } else if (version > NEWEST) {
            throw new UserError("database: it is of a newer version (" + version + ", this program has " + NEWEST
                    + "); run the newer program");
        }
    }

    /** Flyway is loaded only when there is something to do: it costs a third of a second. */
    private int version() {
        String newest = database.read(tx -> {
            Handle handle = tx.handle();
            try {
                return handle.createQuery(
                                "select version from flyway_schema_history where success order by installed_rank desc limit 1")
                        .mapTo(String.class)
                        .findOne()
                        .orElse(NOT_THERE);
            } catch (JdbiException e) {
                // The table is made by the first migration: there is none yet.
                return NOT_THERE;
            }
        });
        return Integer.parseInt(newest);
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations(
                        "classpath:db/migration/common",
                        "classpath:db/migration/" + database.dialect().word())
                .load();
    }

    /** The versions that lie on the class path. */
    int newestOnClassPath() {
        int newest = 0;
        for (MigrationInfo migration : flyway().info().all()) {
            newest = Math.max(newest, Integer.parseInt(migration.getVersion().getVersion()));
        }
        return newest;
    }
}
