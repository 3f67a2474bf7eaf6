package io.broadsheet.delivery;

import io.broadsheet.config.Pacing;
import io.broadsheet.config.SenderSettings;
import io.broadsheet.edition.EditionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the claims of one sender wait for a connection, a lane a provider, so that one that is slow, dead or paced holds up no other. The claimer fills
 * the lanes that have room; the workers take from those that may send now, turn by turn. Safe for several threads, because all is done under its
 * monitor.
 */
final class Lanes {
    /** Claims that wait for nothing but a connection: enough that none idles while the next page is claimed. */
    static final int WAITING = 600;
    /** A lane with a pace of its own in which this many wait gets no more until they went. */
    static final int LANE_FULL = 20;
    /** Domains that are looked after by themselves in one round. */
    private static final int HUNGRY_MAX = 32;
    /** What is claimed ahead, where there is a rate. */
    private static final Duration AHEAD = Duration.ofSeconds(2);
    /** Lanes that nothing keeps are dropped above this number. */
    private static final int LANES_MAX = 2_000;
    /** A lane that may not send for longer than this holds no claims: another node, or another sender, could send them. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Clock clock;
    private final SenderSettings sender;
    private final Providers providers;
    private final Map<Ref, Lane> started = new HashMap<>();
    private final DayCount days;
    private final Duration firstPause;
    private final IntSupplier share;
    private final Runnable roomMade;
    private final Pace whole;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Deque<Lane> turns = new ArrayDeque<>();
    private final Map<String, PaceStore.Row> kept = new HashMap<>();
    private int waiting;

    /**
     * @param firstPause how long a provider that asks for less is left alone at first
     * @param share among how many nodes the rates are shared, at least 1
     * @param roomMade called when there is room for more claims; must not block
     */
    Lanes(Clock clock, SenderSettings sender, ZoneId zone, Duration firstPause, IntSupplier share, Runnable roomMade) {
        this.clock = clock;
        this.sender = sender;
        this.providers = new Providers(sender.pacing());
        this.days = new DayCount(sender.warmUp(), zone);
        this.firstPause = firstPause;
        this.share = share;
        this.roomMade = roomMade;
        this.whole = new Pace(sender.pacing().rate(), null, firstPause);
    }

    private static final class Lane {
        private final String provider;
        private final Pace pace;
        private final Set<String> domains = new HashSet<>();
        private final Deque<Claim> waiting = new ArrayDeque<>();
        private int inFlight;
        private boolean hasTurn;

        private Lane(String provider, Pace pace) {
            this.provider = provider;
            this.pace = pace;
        }
    }

    Providers providers() {
        return providers;
    }

    /** What was kept of an earlier process. Before anything is claimed. */
    synchronized void restore(Map<String, PaceStore.Row> rows) {
        kept.putAll(rows);
        PaceStore.Row all = rows.get(PaceStore.ALL);
        if (all != null) {
            whole.restore(all.kept());
            days.restore(all.day(), all.dayCount());
        }
        rows.keySet().stream().filter(name -> !name.equals(PaceStore.ALL)).forEach(this::lane);
    }

    /** What changed since it was asked last and must be known after a restart. */
    synchronized List<PaceStore.Row> changed() {
        List<PaceStore.Row> rows = new ArrayList<>();
        // Both are asked, or what is not would be told the next time.
        if (whole.takeChanged() | days.takeChanged()) {
            rows.add(new PaceStore.Row(PaceStore.ALL, whole.kept(), days.day(), days.count()));
        }
        for (Lane lane : lanes.values()) {
            if (lane.pace.takeChanged()) {
                PaceStore.Row row = new PaceStore.Row(lane.provider, lane.pace.kept(), null, 0);
                kept.put(lane.provider, row);
                rows.add(row);
            }
        }
        return rows;
    }

    /** How many more claims may come, of domains that are not {@link #closed}. */
    synchronized int room() {
        Instant now = clock.instant();
        if (isClosed(now)) {
            return 0;
        }
        int open = 0;
        for (Lane lane : lanes.values()) {
            open += isClosed(lane, now) ? 0 : lane.waiting.size();
        }
        int most = Math.min(WAITING, whole.within(AHEAD, share.getAsInt()));
        int room = Math.max(0, most - open);
        // A claim costs a transaction: few at a time are not worth one.
        return room * 2 >= most ? room : 0;
    }

    /** Domains of which nothing is to be claimed now. */
    synchronized TreeSet<String> closed() {
        Instant now = clock.instant();
        TreeSet<String> closed = new TreeSet<>();
        for (Lane lane : lanes.values()) {
            if (isClosed(lane, now)) {
                closed.addAll(lane.domains);
            }
        }
        return closed;
    }

    /** Some domains with a pace of their own that could take more, in turn: they must not wait until the others are through. */
    synchronized List<String> hungry() {
        Instant now = clock.instant();
        List<String> domains = new ArrayList<>();
        if (isClosed(now)) {
            return domains;
        }
        List<Lane> asked = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (lane.pace.isLimited() && lane.waiting.size() < LANE_FULL / 2 && !isClosed(lane, now)) {
                domains.addAll(lane.domains);
                asked.add(lane);
            }
            if (domains.size() >= HUNGRY_MAX) {
                break;
            }
        }
        // Those that were asked come last the next time.
        for (Lane lane : asked) {
            lanes.remove(lane.provider);
            lanes.put(lane.provider, lane);
        }
        return domains;
    }

    /** Whether its pace or its warm-up keeps all of it waiting. */
    synchronized boolean isClosed() {
        return isClosed(clock.instant());
    }

    private boolean isClosed(Instant now) {
        return whole.readyAt(share.getAsInt()).isAfter(now.plus(SOON)) || days.isUsedUp(now, share.getAsInt());
    }

    private boolean isClosed(Lane lane, Instant now) {
        return lane.pace.isLimited()
                && (lane.waiting.size() >= LANE_FULL
                        || lane.pace.readyAt(share.getAsInt()).isAfter(now.plus(SOON)));
    }

    /** Answers whether it was taken in; not when its provider turns out to be left alone for a while. */
    synchronized boolean put(Claim claim) {
        String domain = claim.subscriber().address().domain();
        Lane lane = lane(providers.of(domain));
        lane.domains.add(domain);
        if (lane.pace.readyAt(share.getAsInt()).isAfter(clock.instant().plus(SOON))) {
            return false;
        }
        lane.waiting.add(claim);
        waiting++;
        if (!lane.hasTurn) {
            lane.hasTurn = true;
            turns.add(lane);
        }
        notify();
        return true;
    }

    private Lane lane(String provider) {
        Lane known = lanes.get(provider);
        if (known != null) {
            return known;
        }
        if (lanes.size() >= LANES_MAX) {
            lanes.values().removeIf(lane -> lane.waiting.isEmpty() && lane.inFlight == 0 && !lane.pace.isTroubled());
        }
        Pacing.Limit limit = sender.pacing().providers().stream()
                .filter(one -> one.name().equals(provider))
                .map(Pacing.Provider::limit)
                .findFirst()
                .orElse(sender.pacing().eachDomain());
        Lane made = new Lane(provider, new Pace(limit.rate(), limit.connections(), firstPause));
        PaceStore.Row before = kept.get(provider);
        if (before != null) {
            made.pace.restore(before.kept());
        }
        lanes.put(provider, made);
        return made;
    }

    /**
     * Takes the next claim that may be sent now; its {@link #ended} must follow. Waits up to that long for one.
     *
     * @param preferred whose server the caller is connected to; absent: none
     */
    synchronized @Nullable Claim take(@Nullable String preferred, Duration atMost) throws InterruptedException {
        long endNanos = System.nanoTime() + atMost.toNanos();
        while (true) {
            Instant now = clock.instant();
            Claim claim = next(preferred, now);
            if (claim != null) {
                return claim;
            }
            long left = Math.min(endNanos - System.nanoTime(), untilReady(now).toNanos());
            if (endNanos - System.nanoTime() <= 0) {
                return null;
            }
            wait(Math.max(0, left) / 1_000_000L, (int) (Math.max(1, left) % 1_000_000L));
        }
    }

    private @Nullable Claim next(@Nullable String preferred, Instant now) {
        if (days.isUsedUp(now, share.getAsInt())
                || whole.readyAt(share.getAsInt()).isAfter(now)) {
            return null;
        }
        Lane stay = preferred == null ? null : lanes.get(preferred);
        if (stay != null && mayStart(stay, now)) {
            return start(stay, now);
        }
        for (int tried = turns.size(); tried > 0; tried--) {
            Lane lane = turns.remove();
            if (lane.waiting.isEmpty()) {
                lane.hasTurn = false;
                continue;
            }
            turns.add(lane);
            if (mayStart(lane, now)) {
                return start(lane, now);
            }
        }
        return null;
    }

    private boolean mayStart(Lane lane, Instant now) {
        return !lane.waiting.isEmpty()
                && lane.inFlight < lane.pace.connections()
                && !lane.pace.readyAt(share.getAsInt()).isAfter(now);
    }

    private Claim start(Lane lane, Instant now) {
        Claim claim = lane.waiting.remove();
        waiting--;
        lane.inFlight++;
        started.put(claim.ref(), lane);
        int nodes = share.getAsInt();
        lane.pace.started(now, nodes);
        whole.started(now, nodes);
        days.started(now);
        if (waiting == WAITING / 2 || lane.waiting.size() == LANE_FULL / 4) {
            roomMade.run();
        }
        return claim;
    }

    /** Until the first lane may send again, as far as that is known; a minute at most. */
    private Duration untilReady(Instant now) {
        Duration least = Duration.ofMinutes(1);
        for (Lane lane : turns) {
            if (!lane.waiting.isEmpty() && lane.inFlight < lane.pace.connections()) {
                Instant lanes = lane.pace.readyAt(share.getAsInt());
                Instant all = whole.readyAt(share.getAsInt());
                Duration until = Duration.between(now, lanes.isAfter(all) ? lanes : all);
                least = until.compareTo(least) < 0 ? until : least;
            }
        }
        return least.isNegative() ? Duration.ofMillis(1) : least;
    }

    /**
     * Gives the claim's place back, and notes what its end says.
     *
     * @return the claims that wait in its lane and must go back into the queue, since it will not send for a while
     */
    synchronized List<Claim> ended(Claim claim, Verdict verdict) {
        // Where it started, though its domain's provider may have been learned meanwhile.
        Lane from = started.remove(claim.ref());
        Lane lane =
                from == null ? lane(providers.of(claim.subscriber().address().domain())) : from;
        lane.inFlight = Math.max(0, lane.inFlight - 1);
        Instant now = clock.instant();
        List<Claim> back = List.of();
        switch (verdict) {
            case ACCEPTED -> lane.pace.accepted(now);
            case SLOW_DOWN -> back = back(lane, lane.pace.slowDown(now), now);
            case UNREACHABLE -> back = back(lane, lane.pace.unreachable(now), now);
            case STOPPED -> back = ofTheSameEdition(claim);
            case NEUTRAL, NOT_WELCOME -> {}
        }
        notify();
        return back;
    }

    private List<Claim> back(Lane lane, Instant until, Instant now) {
        if (until.isBefore(now.plus(SOON))) {
            return List.of();
        }
        List<Claim> claims = List.copyOf(lane.waiting);
        waiting -= claims.size();
        lane.waiting.clear();
        return claims;
    }

    private List<Claim> ofTheSameEdition(Claim claim) {
        return claim.ref() instanceof Ref.OfEdition stopped
                ? takeOut(waits ->
                        waits.ref() instanceof Ref.OfEdition of && of.edition().equals(stopped.edition()))
                : List.of();
    }

    /** Takes out what waits of editions that are not among these, to be given back; what is no edition's stays. */
    synchronized List<Claim> takeBack(Set<EditionId> going) {
        return takeOut(claim -> claim.ref() instanceof Ref.OfEdition of && !going.contains(of.edition()));
    }

    private List<Claim> takeOut(Predicate<Claim> which) {
        List<Claim> claims = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            lane.waiting.removeIf(claim -> which.test(claim) && claims.add(claim));
        }
        waiting -= claims.size();
        return claims;
    }

    /** What waits, all of it, to be given back. */
    synchronized List<Claim> drain() {
        List<Claim> claims = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            claims.addAll(lane.waiting);
            lane.waiting.clear();
        }
        waiting = 0;
        return claims;
    }
}
