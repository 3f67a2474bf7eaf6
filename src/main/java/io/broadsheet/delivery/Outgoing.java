package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One sender at work: what waits for it, where its messages go, and whether it can be reached. */
final class Outgoing {
    private final SenderSettings settings;
    private final Lanes lanes;
    private final Routes routes;
    private final Reach reach = new Reach();
    /** How many claims it was given, in shares of its weight. Touched by the claimer alone. */
    private double served;

    Outgoing(SenderSettings settings, Lanes lanes, Routes routes) {
        this.settings = settings;
        this.lanes = lanes;
        this.routes = routes;
    }

    String name() {
        return settings.name();
    }

    SenderSettings settings() {
        return settings;
    }

    Lanes lanes() {
        return lanes;
    }

    Routes routes() {
        return routes;
    }

    Reach reach() {
        return reach;
    }

    boolean isDirect() {
        return settings.direct() != null;
    }

    /** How many claims it could take of domains that are not closed to it: while its server is away one at a time finds out whether it still is. */
    int room() {
        if (!reach.mayProbe()) {
            return 0;
        }
        int room = lanes.room();
        return reach.failures() > 0 ? Math.min(1, room) : room;
    }

    void served(int claims) {
        served += (double) claims / settings.weight();
    }

    /** Whether it would take what it is given: its server is there, and neither its pace nor its warm-up keeps it waiting. */
    private boolean isFit() {
        return reach.failures() == 0 && !lanes.isClosed();
    }

    /** Those that may take a page of this newsletter now, the one first that is furthest behind its share. */
    static List<Outgoing> inTurn(List<Outgoing> all, String newsletter) {
        List<Outgoing> pool = new ArrayList<>(all);
        pool.removeIf(one -> !one.settings.isFor(newsletter));
        List<Outgoing> fit = pool.stream().filter(Outgoing::isFit).toList();
        if (fit.isEmpty()) {
            return pool;
        }
        double least = fit.stream().mapToDouble(one -> one.served).min().orElseThrow();
        // One that was away does not make up for it: it would get all until it had.
        pool.stream().filter(one -> !one.isFit()).forEach(one -> one.served = Math.max(one.served, least));
        // Whoever is faster than its share waits for the others, but for a page that keeps it busy meanwhile.
        pool.removeIf(one -> one.served > least + (double) Claimer.PAGE / one.settings.weight());
        pool.sort(Comparator.comparingDouble(one -> one.served));
        return pool;
    }
}
