package io.broadsheet.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server on a free loopback port, with answers as awkward as a test wants them. */
public final class AwkwardServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, List<String>>> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<ServerSocket> raw = new ArrayList<>();

    public AwkwardServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The headers of each request so far, in order. */
    public List<Map<String, List<String>>> requests() {
        return requests;
    }

    public void on(String path, HttpHandler answer) {
        server.createContext(path, exchange -> {
            requests.add(Map.copyOf(exchange.getRequestHeaders()));
            // A client that has had enough hangs up; that is its right.
            try (exchange) {
                answer.handle(exchange);
            } catch (IOException e) {
                exchange.close();
            }
        });
    }

    public void on(String path, String type, byte[] body) {
        on(path, exchange -> answer(exchange, 200, body, Map.of("Content-Type", type)));
    }

    public void redirect(String path, int status, String to) {
        on(path, exchange -> answer(exchange, status, new byte[0], Map.of("Location", to)));
    }

    public static void answer(HttpExchange exchange, int status, byte[] body, Map<String, String> headers)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Writes bytes to whoever connects, as long as they listen. */
    public interface Speaker {
        void speak(OutputStream out) throws IOException, InterruptedException;
    }

    /** @return the URL of a port that says just what the speaker says */
    public String raw(Speaker speaker) {
        try {
            ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            raw.add(listening);
            threads.submit(() -> {
                while (!listening.isClosed()) {
                    try (Socket socket = listening.accept()) {
                        socket.getInputStream().read(new byte[4096]);
                        speaker.speak(socket.getOutputStream());
                    } catch (IOException e) {
                        // Hung up, or closed by the test's end.
                    }
                }
                return null;
            });
            return "http://127.0.0.1:" + listening.getLocalPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            for (ServerSocket listening : raw) {
                listening.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
