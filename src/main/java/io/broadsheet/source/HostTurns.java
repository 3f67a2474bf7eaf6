package io.broadsheet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose source is visited next: hosts take turns, and few visits go to one host at a time, so that neither many sources of one host nor a slow host
 * delay the others. Used under its owner's lock.
 */
final class HostTurns {
    /** One waits out the pause between two requests while another reads. */
    private static final int AT_ONCE = 2;

    private final Predicate<String> hurried;
    private final Map<String, Waiting> hosts = new HashMap<>();
    private final Deque<Waiting> ready = new ArrayDeque<>();

    /** @param hurried whether a host is asked as often as we like: then its sources are no burden to it */
    HostTurns(Predicate<String> hurried) {
        this.hurried = hurried;
    }

    private static final class Waiting {
        private final Deque<Source> sources = new ArrayDeque<>();
        private final int atOnceMax;
        private int running;
        private boolean isReady;

        Waiting(int atOnceMax) {
            this.atOnceMax = atOnceMax;
        }
    }

    void add(Source source) {
        Waiting host = hosts.computeIfAbsent(
                host(source), name -> new Waiting(name.isEmpty() || hurried.test(name) ? Integer.MAX_VALUE : AT_ONCE));
        host.sources.add(source);
        makeReady(host);
    }

    /** The next source whose host may be visited; absent while there is none. It is {@link #done} some time. */
    @Nullable
    Source next() {
        Waiting host = ready.poll();
        if (host == null) {
            return null;
        }
        host.isReady = false;
        Source source = host.sources.remove();
        host.running++;
        makeReady(host);
        return source;
    }

    void done(Source source) {
        String name = host(source);
        Waiting host = hosts.get(name);
        if (host == null) {
            return;
        }
        host.running--;
        if (host.running == 0 && host.sources.isEmpty()) {
            hosts.remove(name);
        } else {
            makeReady(host);
        }
    }

    /** Forgets whoever waits. */
    void clear() {
        ready.clear();
        hosts.values().forEach(host -> {
            host.sources.clear();
            host.isReady = false;
        });
    }

    private void makeReady(Waiting host) {
        if (!host.isReady && !host.sources.isEmpty() && host.running < host.atOnceMax) {
            host.isReady = true;
            ready.add(host);
        }
    }

    /** Empty for a folder, which has none. */
    private static String host(Source source) {
        String learnt = source.state().url();
        String url = learnt == null ? source.definition().url() : learnt;
        return url == null ? "" : UrlShape.host(url);
    }
}
