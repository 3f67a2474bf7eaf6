package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits several sources at a time, on threads of its own named {@code collect-1} and so on, so that a slow one delays no other. Safe for several
 * threads.
 */
public final class Visits implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Visits.class);

    /** At once, of one run. Most of them wait for a network most of the time; what they hold in memory is bounded by {@link Room}. */
    private static final int VISITORS = 16;

    /** What they brought and nobody took yet; then they wait. */
    private static final int BROUGHT_MAX = 8;

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final VisitSource visitSource;
    private final Function<Source, SourceMemory> memories;
    private final AtomicInteger started = new AtomicInteger();
    private final ExecutorService visitors;

    /** @param memories what is remembered of a source that has parts; asked on the visitors' threads */
    public Visits(VisitSource visitSource, Function<Source, SourceMemory> memories) {
        this.visitSource = visitSource;
        this.memories = memories;
        // As many threads as runs have visitors; idle ones end.
        this.visitors = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "collect-" + started.incrementAndGet());
        // A short command must not wait for idle threads.
        thread.setDaemon(true);
        return thread;
    }

    /** A run of visits, none begun. */
    public Run run() {
        return new Run();
    }

    /** What a visit brought. It is closed when that was taken in, or is not wanted; until then it takes up room that others wait for. */
    public final class Visited implements AutoCloseable {
        private final Run run;
        private final Source source;
        private final Visit visit;
        private final Room.Share share;

        private Visited(Run run, Source source, Visit visit, Room.Share share) {
            this.run = run;
            this.source = source;
            this.visit = visit;
            this.share = share;
        }

        /** The source as it was when its visit was asked for. */
        public Source source() {
            return source;
        }

        public Visit visit() {
            return visit;
        }

        @Override
        public void close() {
            share.close();
            run.taken(source.id());
        }
    }

    /** Visits that belong together. Whoever asks for them takes what they bring, in any order and at any time. Safe for several threads. */
    public final class Run implements AutoCloseable {
        private final BlockingQueue<Visited> brought = new ArrayBlockingQueue<>(BROUGHT_MAX);
        private final Set<SourceId> underWay = new HashSet<>();
        private final HostTurns turns = new HostTurns(visitSource::isHurried);
        private int running;
        private boolean isClosed;

        private Run() {}

        /** Has these visited once, the first ones first where their hosts allow it. What is under way already is not visited twice. */
        public synchronized void add(List<Source> sources) {
            for (Source source : sources) {
                if (underWay.add(source.id())) {
                    turns.add(source);
                }
            }
            begin();
        }

        /** The next that came back; absent when none did within this time. */
        public @Nullable Visited next(Duration patience) throws InterruptedException {
            return brought.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Whether nothing is under way: all that was asked for was taken. */
        public synchronized boolean isOver() {
            return underWay.isEmpty();
        }

        /** How many were asked for and not taken yet. */
        public synchronized int underWay() {
            return underWay.size();
        }

        private synchronized void taken(SourceId source) {
            underWay.remove(source);
        }

        private synchronized void begin() {
            while (!isClosed && running < VISITORS) {
                Source source = turns.next();
                if (source == null) {
                    return;
                }
                running++;
                try {
                    visitors.execute(() -> bring(source));
                } catch (RejectedExecutionException e) {
                    // We are stopping: what was not visited is due again next time.
                    running--;
                    isClosed = true;
                    turns.clear();
                    underWay.clear();
                } catch (Error e) {
                    // No thread to be had: it is due again next time.
                    running--;
                    turns.done(source);
                    underWay.remove(source.id());
                    throw e;
                }
            }
        }

        private void bring(Source source) {
            try {
                Room.Share share = visitSource.share();
                Visited visited = new Visited(this, source, brought(source, share), share);
                try {
                    brought.put(visited);
                } catch (InterruptedException e) {
                    visited.close();
                    Thread.currentThread().interrupt();
                }
                giveBackIfClosed();
            } finally {
                done(source);
            }
        }

        /** Whatever breaks, nothing is held and nobody under way for ever. */
        private Visit brought(Source source, Room.Share share) {
            try {
                return visit(source, share);
            } catch (RuntimeException | Error e) {
                share.close();
                taken(source.id());
                throw e;
            }
        }

        private synchronized void done(Source source) {
            running--;
            turns.done(source);
            begin();
        }

        /** Nobody takes what comes after the end. */
        private synchronized void giveBackIfClosed() {
            if (isClosed) {
                for (Visited late = brought.poll(); late != null; late = brought.poll()) {
                    late.close();
                }
            }
        }

        /** Begins no more visits; what those under way bring is not wanted. */
        @Override
        public synchronized void close() {
            isClosed = true;
            turns.clear();
            giveBackIfClosed();
        }
    }

    /** A bug in reading one source must not end the visits to others, nor leave the caller waiting: so errors of the machine count too. */
    private Visit visit(Source source, Room.Share share) {
        try {
            SourceMemory memory = source.definition().hasParts() ? memories.apply(source) : SourceMemory.NEW;
            return visitSource.visit(source.definition(), source.state(), memory, share);
        } catch (RuntimeException | Error e) {
            log.atError()
                    .addKeyValue("source", source.name())
                    .setCause(e)
                    .log("source could not be read, by an error of ours");
            String error = "source " + source.name() + ": reading it failed: "
                    + Safe.text(String.valueOf(e.getMessage())) + "; the log has the details";
            return new Visit(Visit.Status.FAILED, List.of(), List.of(), source.state(), error, null);
        }
    }

    /** Ends visits under way within some seconds. */
    @Override
    public void close() {
        visitors.shutdownNow();
        try {
            if (!visitors.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                log.atWarn().log("a visit to a source did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
