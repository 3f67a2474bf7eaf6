package io.broadsheet.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** A foreign newsroom on a loopback port: one feed in RSS, one in Atom, a page for each story. Safe for several threads: its one variable is volatile. */
final class Newsroom implements AutoCloseable {
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final Clock clock;
    private final Instant opened;
    /** Items that were published since it opened, newest first, as XML with holes. */
    private volatile String newest = "";

    private Newsroom(HttpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.opened = clock.instant();
    }

    static Newsroom open(Clock clock) {
        try {
            Newsroom newsroom = new Newsroom(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), clock);
            newsroom.server.createContext("/", newsroom::answer);
            newsroom.server.start();
            return newsroom;
        } catch (IOException e) {
            throw new OutsideError("no loopback port can be opened for the sample newsroom", true, e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Puts an item at the top of the RSS feed. */
    void publish(String item) {
        newest = Sample.filled(item, Map.of("base", address()), clock.instant()) + newest;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/harbour.rss" -> send(exchange, "application/rss+xml", feed("newsroom/harbour.rss"));
                case "/city.atom" -> send(exchange, "application/atom+xml", feed("newsroom/city.atom"));
                default -> send(exchange, "text/html; charset=utf-8", page());
            }
        }
    }

    private String feed(String path) {
        return Sample.filled(Sample.text(path), Map.of("base", address(), "newest", newest), opened);
    }

    private static String page() {
        return """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><title>Northport</title>
                <h1>Northport</h1>
                <p>This is the sample newsroom of the demo. Its feeds: <a href="/harbour.rss">RSS</a>, <a href="/city.atom">Atom</a>.</p>
                </html>
                """;
    }

    /** Answers 304 to who has it already, as a good newsroom does. */
    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String etag = "\"" + Integer.toHexString(text.hashCode()) + "\"";
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
