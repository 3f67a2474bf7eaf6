package io.broadsheet.web.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** All figures in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
