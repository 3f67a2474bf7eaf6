package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.Visit;
import io.broadsheet.source.Visits;
import io.broadsheet.time.Stopwatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits sources and takes in what they show. The network is used outside of transactions; each source is taken in by short ones of its own. Safe
 * to repeat after a crash, and for several threads and processes at once: an article is taken in once.
 */
public final class Collect {
    private static final Logger log = LoggerFactory.getLogger(Collect.class);

    /** In one round; what is due beyond it comes with the next. */
    private static final int DUE_MAX = 1_000;

    /** A visit that comes back no sooner than this after the last other one is late. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** After this a round ends, whatever still comes back. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** How long sources that come due wait for the next round while visits are late. */
    private static final Duration WHILE_LATE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** Visits that brought nothing and are written down together; and the longest one waits for the others. */
    private static final int UNCHANGED_MAX = 1_000;

    private static final Duration UNCHANGED_WAIT = Duration.ofSeconds(2);

    private final Database database;
    private final Clock clock;
    private final SourceStore sources;
    private final Visits visits;
    private final TakeIn takeIn;
    /** Of what is due: it goes on from round to round. */
    private final Visits.Run rolling;

    private final ReentrantLock rollingTurn = new ReentrantLock();

    /** @param siteLanguage BCP 47 tag of articles whose entry and source say none; absent: theirs stays unknown */
    public Collect(
            Database database,
            Clock clock,
            Ids ids,
            SourceStore sources,
            ArticleStore articles,
            Visits visits,
            @Nullable String siteLanguage) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
        this.visits = visits;
        this.rolling = visits.run();
        this.takeIn = new TakeIn(database, clock, ids, sources, articles, siteLanguage);
    }

    /**
     * Visits the sources whose time has come. A visit that takes its time is not waited for: {@link #late} takes what it brings, and the source is not
     * due meanwhile.
     */
    public CollectReport due(Progress progress) {
        List<SourceReport> reports = new ArrayList<>();
        Stopwatch round = Stopwatch.start();
        rollingTurn.lock();
        try {
            // Read within the turn: what another took in meanwhile is due no more. Those under way still are.
            int most = DUE_MAX + rolling.underWay();
            List<Source> due = database.read(tx -> sources.due(tx, clock.instant(), most));
            progress.total(due.size());
            rolling.add(due);
            Taking taking = new Taking(report -> {
                reports.add(report);
                progress.done(reports.size());
                progress.note(note(report));
            });
            Taken taken = Taken.ONE;
            // A host with many sources brings one now and then for long: those that come due meanwhile must not wait.
            while (taken == Taken.ONE && !rolling.isOver() && round.elapsed().compareTo(LONGEST) < 0) {
                taken = taking.next(rolling, PATIENCE);
            }
            taking.settle();
        } finally {
            rollingTurn.unlock();
        }
        return CollectReport.of(reports);
    }

    /** Takes in what {@link #due} did not wait for, as far as it came back. */
    public CollectReport late() {
        List<SourceReport> reports = new ArrayList<>();
        // A round that goes on takes them itself.
        if (!rollingTurn.tryLock()) {
            return CollectReport.of(reports);
        }
        try {
            Taking taking = new Taking(reports::add);
            Taken taken = Taken.ONE;
            Stopwatch watch = Stopwatch.start();
            while (taken == Taken.ONE && !rolling.isOver() && watch.elapsed().compareTo(PATIENCE) < 0) {
                taken = taking.next(rolling, Duration.ZERO);
            }
            taking.settle();
        } finally {
            rollingTurn.unlock();
        }
        return CollectReport.of(reports);
    }

    /** Whether visits that {@link #due} began are not taken in yet. */
    public boolean isUnderWay() {
        return !rolling.isOver();
    }

    /** When a source is due next, whose visit is not under way; absent when none is. */
    public Optional<Instant> nextDue() {
        Optional<Instant> next = database.read(sources::nextDue);
        // Those under way are due as long as nobody took what they bring.
        return rolling.isOver()
                ? next
                : next.map(due -> latest(due, clock.instant().plus(WHILE_LATE)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Visits these sources now, due or not.
     *
     * @param names none: all sources but the paused ones
     * @throws UserError when there is no source of one of these names
     */
    public CollectReport named(List<String> names, Progress progress) {
        List<Source> open = database.read(sources::open);
        List<Source> visited =
                open.stream().filter(source -> source.definition().isVisited()).toList();
        if (names.isEmpty()) {
            return collect(
                    visited.stream().filter(source -> source.paused() == null).toList(), progress);
        }
        Map<String, Source> byName = open.stream().collect(Collectors.toMap(Source::name, source -> source));
        List<String> unknown =
                names.stream().filter(name -> !byName.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            String there = byName.isEmpty()
                    ? "config/sources.yml defines none"
                    : "there are " + open.stream().map(Source::name).collect(Collectors.joining(", "));
            throw new UserError(unknown.stream()
                    .map(name -> "collect: no source is named '" + Safe.text(name) + "'; " + there)
                    .toList());
        }
        List<String> posted = names.stream()
                .filter(name -> !visited.contains(byName.get(name)))
                .toList();
        if (!posted.isEmpty()) {
            throw new UserError(posted.stream()
                    .map(name -> "collect: source '" + name
                            + "' is of kind api and never visited; its articles are posted to /api/v1/articles")
                    .toList());
        }
        return collect(
                names.stream()
                        .distinct()
                        .map(byName::get)
                        .filter(Objects::nonNull)
                        .toList(),
                progress);
    }

    private CollectReport collect(List<Source> toVisit, Progress progress) {
        Map<String, SourceReport> reports = new HashMap<>();
        progress.total(toVisit.size());
        try (Visits.Run run = visits.run()) {
            run.add(toVisit);
            Taking taking = new Taking(report -> {
                reports.put(report.name(), report);
                progress.done(reports.size());
                progress.note(note(report));
            });
            boolean goesOn = true;
            while (goesOn && !run.isOver()) {
                goesOn = taking.next(run, BETWEEN_LOOKS) != Taken.STOPPING;
            }
            taking.settle();
        }
        List<SourceReport> inOrder = new ArrayList<>();
        for (Source source : toVisit) {
            SourceReport report = reports.get(source.name());
            if (report != null) {
                inOrder.add(report);
            }
        }
        return CollectReport.of(inOrder);
    }

    private enum Taken {
        ONE,
        NONE,
        STOPPING
    }

    /**
     * Takes in what visits bring. Those that brought nothing are written down together: one commit for each would be most of the work of a round in
     * which nothing changed.
     */
    private final class Taking {
        private final Consumer<SourceReport> told;
        private final List<Visits.Visited> unchanged = new ArrayList<>();
        private Stopwatch since = Stopwatch.start();

        Taking(Consumer<SourceReport> told) {
            this.told = told;
        }

        Taken next(Visits.Run run, Duration patience) {
            try (Visits.Visited visited = run.next(patience)) {
                if (visited == null) {
                    settle();
                    return Taken.NONE;
                }
                if (visited.visit().status() == Visit.Status.UNCHANGED) {
                    if (unchanged.isEmpty()) {
                        since = Stopwatch.start();
                    }
                    unchanged.add(visited);
                } else {
                    told.accept(taken(visited.source(), visited.visit()));
                }
                if (unchanged.size() >= UNCHANGED_MAX || since.elapsed().compareTo(UNCHANGED_WAIT) > 0) {
                    settle();
                }
                return Taken.ONE;
            } catch (InterruptedException e) {
                // Stopping: what was not taken is visited again next time.
                Thread.currentThread().interrupt();
                return Taken.STOPPING;
            }
        }

        void settle() {
            if (!unchanged.isEmpty()) {
                List<Visits.Visited> settled = List.copyOf(unchanged);
                unchanged.clear();
                takeIn.unchanged(settled).forEach(told);
            }
        }
    }

    /** One source that can't be taken in, by an error of ours, is recorded as failed; the others go on. */
    private SourceReport taken(Source source, Visit visit) {
        Stopwatch watch = Stopwatch.start();
        SourceReport report;
        try {
            report = takeIn.take(source, visit);
        } catch (OutsideError e) {
            // The database is away: nothing can be recorded, and no other source fares better.
            throw e;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("source", source.name())
                    .setCause(e)
                    .log("source could not be taken in, by an error of ours");
            String error = "source " + source.name() + ": taking it in failed; the log has the details";
            report = takeIn.failed(source, error, null);
        }
        tell(report, visit, watch);
        return report;
    }

    private static void tell(SourceReport report, Visit visit, Stopwatch watch) {
        if (report.status() == SourceReport.Status.FAILED) {
            log.atWarn()
                    .addKeyValue("source", report.name())
                    .addKeyValue("error", Safe.text(report.error()))
                    .log("source failed");
            return;
        }
        if (report.isChanged() || !visit.notes().isEmpty()) {
            log.atInfo()
                    .addKeyValue("source", report.name())
                    .addKeyValue("new", report.added())
                    .addKeyValue("revised", report.revised())
                    .addKeyValue("seen", report.seen())
                    .addKeyValue("notes", Safe.text(String.join(" ", visit.notes())))
                    .addKeyValue("took-ms", watch.ms())
                    .log("source collected");
        }
    }

    private static String note(SourceReport report) {
        return switch (report.status()) {
            case OK ->
                report.name() + ": " + report.added() + " new"
                        + (report.revised() > 0 ? ", " + report.revised() + " revised" : "");
            case UNCHANGED -> report.name() + ": unchanged";
            case FAILED -> report.name() + ": " + report.error();
            case HELD -> report.name() + ": held";
        };
    }
}
