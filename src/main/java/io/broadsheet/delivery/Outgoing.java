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

    /** Those that send this newsletter, the one first that is furthest behind its share. */
    static List<Outgoing> inTurn(List<Outgoing> all, String newsletter) {
        List<Outgoing> pool = new ArrayList<>(all);
        pool.removeIf(one -> !one.settings.isFor(newsletter));
        boolean reachable = pool.stream().anyMatch(one -> one.reach.failures() == 0);
        // One that was away does not make up for it: it would get all until it had.
        double ahead = pool.stream()
                .filter(one -> !reachable || one.reach.failures() == 0)
                .mapToDouble(one -> one.served)
                .max()
                .orElse(0);
        pool.stream().filter(one -> reachable && one.reach.failures() > 0).forEach(one -> one.served = ahead);
        pool.sort(Comparator.comparingDouble(one -> one.served));
        return pool;
    }
}
