package io.broadsheet.test;

import io.broadsheet.db.Database;
import io.broadsheet.db.DatabaseAddress;
import io.broadsheet.db.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A migrated, empty database, gone when closed. */
public final class TestDatabase implements AutoCloseable {
    private final Path home;
    private final DatabaseAddress address;
    private @Nullable Database database;

    private TestDatabase(Path home, String url) {
        this.home = home;
        this.address = new DatabaseAddress(url, null, null, home);
    }

    public static TestDatabase sqlite() {
        return new TestDatabase(newHome(), "jdbc:sqlite:data/broadsheet.db");
    }

    public static TestDatabase postgres() {
        return new TestDatabase(newHome(), PostgresServer.newDatabase());
    }

    private static Path newHome() {
        try {
            return Files.createTempDirectory("broadsheet-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opened and migrated at the first call. */
    public synchronized Database database() {
        if (database == null) {
            database = Database.open(address);
            new Migrations(database).migrate();
        }
        return database;
    }

    /** A folder of its own, which goes with it. */
    public Path home() {
        return home;
    }

    public DatabaseAddress address() {
        return address;
    }

    public boolean isSqlite() {
        return address.isSqlite();
    }

    @Override
    public void close() throws IOException {
        if (database != null) {
            database.close();
        }
        if (!address.isSqlite()) {
            PostgresServer.drop(address.url());
        }
        try (Stream<Path> all = Files.walk(home)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    @Override
    public String toString() {
        return isSqlite() ? "SQLite" : "PostgreSQL";
    }
}
