package io.broadsheet.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A policy service for Postfix (SMTPD_POLICY_README) that greylists recipients whose local part begins with {@code grey}: the first try of each is
 * told to come again, every later one is let in.
 */
final class Greylist implements AutoCloseable {
    private final ServerSocket server;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Greylist() throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "greylist");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            Map<String, String> asked = new HashMap<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    asked.put(line.substring(0, equals), line.substring(equals + 1));
                } else if (line.isEmpty()) {
                    String answer = "action=" + action(asked.getOrDefault("recipient", "")) + "\n\n";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    asked.clear();
                }
            }
        } catch (IOException e) {
            // Postfix was stopped with its connection open: the test is over.
        }
    }

    private String action(String recipient) {
        return recipient.startsWith("grey") && seen.add(recipient)
                ? "defer_if_permit 4.7.1 Greylisted, come again in a second"
                : "DUNNO";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
