package io.broadsheet.demo;

import io.broadsheet.config.Home;
import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A home in a temporary folder, which closing deletes. */
final class SandboxHome implements AutoCloseable {
    private static final List<String> RELEASES = List.of("space-leaders-visit-japan.txt", "reservoir-levels.md");

    private final Home home;

    private SandboxHome(Home home) {
        this.home = home;
    }

    /** Writes the home's config and releases. */
    static SandboxHome write(String newsroom, int smtpPort, Clock clock) {
        try {
            SandboxHome sandbox = new SandboxHome(Home.at(Files.createTempDirectory("broadsheet-demo-")));
            sandbox.home.create();
            int port = freePort();
            Map<String, String> values = Map.of(
                    "web",
                    "http://127.0.0.1:" + port,
                    "listen",
                    "127.0.0.1:" + port,
                    "newsroom",
                    newsroom,
                    "smtp",
                    String.valueOf(smtpPort));
            for (String name : Home.configFiles().toList()) {
                sandbox.put(
                        sandbox.home.config(name),
                        Sample.filled(Sample.text("config/" + name), values, clock.instant()));
            }
            for (String name : RELEASES) {
                sandbox.put(sandbox.releases().resolve(name), Sample.text("releases/" + name));
            }
            return sandbox;
        } catch (IOException e) {
            throw new OutsideError(
                    "the sandbox cannot be written: " + e.getMessage() + "; set TMPDIR to a folder with room",
                    false,
                    e);
        }
    }

    /** Its links must name the port before the server is bound to it, so `listen: 127.0.0.1:0` won't do. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Home home() {
        return home;
    }

    Path releases() {
        return home.resolve("releases");
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(home.folder())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new OutsideError(home.folder() + ": the sandbox cannot be deleted; delete it by hand", false, e);
        }
    }
}
