package io.broadsheet.web;

import io.broadsheet.config.ListenAddress;
import io.broadsheet.error.OutsideError;
import io.broadsheet.time.Stopwatch;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SizeLimitHandler;
import org.eclipse.jetty.server.handler.ConditionalHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP server on one address. It owns its threads, named {@code web-…}. Started once, closed once; both by one thread.
 *
 * <p>Every answer carries headers that keep a page from being framed, sniffed or made to run script, and that keep its address, which may hold a
 * token, from other sites.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);

    /** Requests answered at once; the rest waits in the kernel. Each may hold a database connection, of which there are fewer. */
    private static final int THREADS_MAX = 64;

    private static final int THREADS_IDLE = 4;
    /** A connection on which nothing moves is given up. */
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Our forms post an address and a few words. */
    private static final int REQUEST_BYTES_MAX = 64 << 10;

    private static final int HEADER_BYTES_MAX = 16 << 10;
    /** Larger than most feeds, so that they go out in one piece. */
    private static final int OUTPUT_BYTES = 64 << 10;

    private final ListenAddress listen;
    private final Duration grace;
    private final Javalin javalin;
    private int port;

    /**
     * @param listen port 0 lets the system choose
     * @param grace how long {@link #close} waits for requests in flight
     */
    public WebServer(ListenAddress listen, Duration grace, List<Routes> routes, ErrorPage errors) {
        this.listen = listen;
        this.grace = grace;
        this.javalin = Javalin.create(config -> configure(config, routes, errors));
    }

    private void configure(JavalinConfig config, List<Routes> routes, ErrorPage errors) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // Feeds are compressed when they are published; pages are small.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = REQUEST_BYTES_MAX;
        config.jetty.threadPool = threads();
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(grace.toMillis());
            server.insertHandler(new SizeLimitHandler(REQUEST_BYTES_MAX, -1));
            ConditionalHandler.SkipNext large = new ConditionalHandler.SkipNext();
            large.includePath(Routes.LARGE_BODIES + "*");
            Routes.OWN_LIMITS.forEach(path -> large.includePath(path + "*"));
            server.insertHandler(large);
            server.insertHandler(new SizeLimitHandler(Routes.LARGE_BYTES_MAX, -1));
            ConditionalHandler.SkipNext own = new ConditionalHandler.SkipNext();
            Routes.OWN_LIMITS.forEach(path -> own.includePath(path + "*"));
            server.insertHandler(own);
            server.insertHandler(new GracefulHandler());
        });
        config.routes.before(WebServer::guard);
        routes.forEach(some -> some.addTo(config.routes));
        new Failures(errors).addTo(config.routes);
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_IDLE);
        threads.setName("web");
        return threads;
    }

    private ServerConnector connector(Server server, HttpConfiguration ignoredDefaults) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES_MAX);
        http.setOutputBufferSize(OUTPUT_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE.toMillis());
        return connector;
    }

    private static void guard(Context http) {
        http.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src * data:; media-src *; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Referrer-Policy", "no-referrer");
        http.header("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** @throws OutsideError when the address can't be bound */
    public void start() {
        Stopwatch watch = Stopwatch.start();
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new OutsideError(
                    "server: " + listen + " can't be listened on; " + e.getMessage()
                            + "; stop what uses it or set another 'listen'",
                    false,
                    e);
        }
        port = javalin.port();
        log.atInfo()
                .addKeyValue("listen", bound())
                .addKeyValue("took-ms", watch.ms())
                .log("web server started");
    }

    /** Where it listens, with the port that the system chose. Known once started. */
    public ListenAddress bound() {
        return new ListenAddress(listen.host(), port);
    }

    /** Takes no new requests, and waits for those in flight as long as the grace allows. */
    @Override
    public void close() {
        javalin.stop();
    }
}
