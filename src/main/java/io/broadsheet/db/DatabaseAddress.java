package io.broadsheet.db;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:sqlite:PATH} or {@code jdbc:postgresql://host/db}; a relative SQLite path counts from {@code home}
 * @param user absent for SQLite, or where the URL or the server needs none
 * @param password absent likewise
 * @param home the folder that a relative SQLite path counts from
 */
public record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password, Path home) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public DatabaseAddress {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("neither jdbc:sqlite: nor jdbc:postgresql:");
        }
    }

    public boolean isSqlite() {
        return url.startsWith(SQLITE);
    }

    /** The SQLite file, absolute. */
    Path sqliteFile() {
        return home.resolve(url.substring(SQLITE.length())).toAbsolutePath().normalize();
    }

    /** Says nothing of user and password, so that it can stand in a log. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
