package io.broadsheet.web.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Counts what happens, for Prometheus. Names begin with {@code broadsheet_}. Safe for several threads, because the registry is. */
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final AtomicInteger deliveryStopped = new AtomicInteger();

    public Metrics() {
        registry.gauge("broadsheet.delivery.stopped", deliveryStopped);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Whether an admin stopped all mail. */
    public void deliveryStopped(boolean stopped) {
        deliveryStopped.set(stopped ? 1 : 0);
    }

    /**
     * A request for a feed was answered.
     *
     * @param format such as {@code rss}; never a name that a visitor made up, since each value is kept
     */
    public void feedAnswered(String format, int status) {
        registry.counter("broadsheet.feed.requests", "format", format, "status", Integer.toString(status))
                .increment();
    }

    /** A source was visited: {@code ok}, {@code unchanged}, {@code failed} or {@code held}. */
    public void collected(String source, String status, int fresh) {
        registry.counter("broadsheet.collect.visits", "source", source, "status", status)
                .increment();
        registry.counter("broadsheet.collect.articles", "source", source).increment(fresh);
    }

    /** An edition was composed. */
    public void composed(String newsletter) {
        registry.counter("broadsheet.editions", "newsletter", newsletter).increment();
    }

    /** Deliveries reached a state, such as {@code accepted}. */
    public void delivered(String state, long count) {
        Counter counter = registry.counter("broadsheet.deliveries", "state", state);
        counter.increment(count);
    }

    /** Something that came back was taken: {@code via} a door, with an outcome such as {@code suppressed}. */
    public void feedbackTaken(String via, String outcome) {
        registry.counter("broadsheet.feedback", "via", via, "outcome", outcome).increment();
    }

    /** From now on shows whether a door by which mail comes back is well: 1 or 0. */
    public void watchFeedback(String door, BooleanSupplier isWell) {
        Gauge.builder("broadsheet.feedback.up", isWell, well -> well.getAsBoolean() ? 1 : 0)
                .tag("door", door)
                .strongReference(true)
                .register(registry);
    }

    /** All figures in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
