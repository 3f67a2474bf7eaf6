package io.broadsheet.web.ops;

import io.broadsheet.db.Database;
import io.broadsheet.json.Json;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** {@code GET /health} and {@code GET /metrics}. */
public final class OpsRoutes implements Routes {
    private static final int UNAVAILABLE = 503;

    private final Database database;
    private final Metrics metrics;

    public OpsRoutes(Database database, Metrics metrics) {
        this.database = database;
        this.metrics = metrics;
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
                .result(Json.write(up ? new Up("up") : new Down("down", List.of("database"))));
    }

    private record Up(String status) {}

    private record Down(String status, List<String> down) {}
}
