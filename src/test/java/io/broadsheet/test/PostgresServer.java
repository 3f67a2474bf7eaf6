package io.broadsheet.test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * One PostgreSQL server for the whole test run: the one {@code BROADSHEET_TEST_PG_URL} names (a superuser's JDBC URL), else one of our own from the
 * test class path. Where neither can be had, the PostgreSQL half of the tests is left out, loudly; with {@code BROADSHEET_TEST_PG=required} that is
 * a failure.
 */
final class PostgresServer {
    private static final Optional<String> URL = start();

    private PostgresServer() {}

    static boolean isAvailable() {
        return URL.isPresent();
    }

    /** Makes an empty database and answers its JDBC URL, user included. */
    static String newDatabase() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        String url = URL.orElseThrow();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template template0 encoding 'UTF8' locale 'C.UTF-8'");
        } catch (SQLException e) {
            throw new IllegalStateException("no test database", e);
        }
        return url.replaceFirst("/postgres\\?", "/" + name + "?");
    }

    static void drop(String databaseUrl) {
        String name = databaseUrl.replaceFirst(".*/(t[0-9a-f]+)\\?.*", "$1");
        try (Connection connection = DriverManager.getConnection(URL.orElseThrow());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IllegalStateException("the test database stays behind", e);
        }
    }

    private static Optional<String> start() {
        String given = System.getenv("BROADSHEET_TEST_PG_URL");
        if (given != null) {
            return Optional.of(given);
        }
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "postgres-stop"));
            return Optional.of("jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres");
        } catch (IOException | IllegalStateException e) {
            if ("required".equals(System.getenv("BROADSHEET_TEST_PG"))) {
                throw new IllegalStateException("PostgreSQL is required and can't be started", e);
            }
            System.err.println(
                    "SKIPPED: the PostgreSQL half of the tests: no server could be started: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            System.err.println("PostgreSQL did not stop: " + e.getMessage());
        }
    }
}
