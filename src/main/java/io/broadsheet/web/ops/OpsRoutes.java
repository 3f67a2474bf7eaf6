package io.broadsheet.web.ops;

import io.broadsheet.db.Database;
import io.broadsheet.json.Json;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /health} and {@code GET /metrics}. */
public final class OpsRoutes implements Routes {
    private static final int UNAVAILABLE = 503;

    private final Database database;
    private final Metrics metrics;
    private final Supplier<Optional<String>> stopped;

    /** @param stopped says why no mail goes out, in one line, when an admin stopped it; asked while the database answers */
    public OpsRoutes(Database database, Metrics metrics, Supplier<Optional<String>> stopped) {
        this.database = database;
        this.metrics = metrics;
        this.stopped = stopped;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.read(routes, "/health", this::health);
        Routes.read(
                routes,
                "/metrics",
                http -> http.header("Cache-Control", "no-store")
                        .contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
    }

    private void health(Context http) {
        boolean up = database.answers();
        http.header("Cache-Control", "no-store")
                .status(up ? 200 : UNAVAILABLE)
                .contentType("application/json")
                .result(Json.write(up ? up() : new Down("down", List.of("database"))));
    }

    private Object up() {
        Optional<String> why = stopped.get();
        return why.isPresent() ? new Stopped("up", why.get()) : new Up("up");
    }

    private record Up(String status) {}

    /** @param delivery why no mail goes out, though all else is well */
    private record Stopped(String status, String delivery) {}

    private record Down(String status, List<String> down) {}
}
