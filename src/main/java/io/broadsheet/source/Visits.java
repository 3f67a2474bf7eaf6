package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits several sources at a time, on threads of its own named {@code collect-1} and so on, so that a slow one delays no other. Safe for several
 * threads; they share the visitors.
 */
public final class Visits implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Visits.class);

    /** At once; each may hold one document in memory, and as many wait to be taken. */
    private static final int VISITORS = 4;

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final VisitSource visitSource;
    private final Function<Source, PageMemory> memories;
    private final AtomicInteger started = new AtomicInteger();
    private final ExecutorService visitors;

    /** @param memories what is remembered of a page or sitemap source; asked on the visitors' threads */
    public Visits(VisitSource visitSource, Function<Source, PageMemory> memories) {
        this.visitSource = visitSource;
        this.memories = memories;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                VISITORS, VISITORS, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        // A short command must not wait for idle threads.
        pool.allowCoreThreadTimeOut(true);
        this.visitors = pool;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "collect-" + started.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private record Visited(Source source, Visit visit) {}

    /**
     * Visits each source once. What a visit brought is given to the caller's own thread, one after the other, first come first served; an exception
     * from there ends the round.
     */
    public void each(List<Source> sources, BiConsumer<Source, Visit> taken) {
        BlockingQueue<Visited> visited = new ArrayBlockingQueue<>(VISITORS);
        List<Future<?>> running = new ArrayList<>();
        try {
            for (Source source : sources) {
                running.add(visitors.submit(() -> {
                    visited.put(new Visited(source, visit(source)));
                    return null;
                }));
            }
            for (int taking = 0; taking < sources.size(); taking++) {
                Visited next = visited.take();
                taken.accept(next.source(), next.visit());
            }
        } catch (InterruptedException e) {
            // Stopping: what was not taken is visited again next time.
            Thread.currentThread().interrupt();
        } finally {
            running.forEach(visit -> visit.cancel(true));
        }
    }

    /** A bug in reading one source must not end the visits to others, nor leave the caller waiting: so errors of the machine count too. */
    private Visit visit(Source source) {
        try {
            boolean paged = source.definition().readsPages();
            PageMemory memory = paged ? memories.apply(source) : PageMemory.NEW;
            return visitSource.visit(source.definition(), source.state(), memory);
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
