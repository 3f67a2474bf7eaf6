package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.web.websub.TestHub;
import io.broadsheet.whole.InstalledHome.Server;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program beside a feed and its hub: from push to feed. */
@Tag("whole")
class PushedFeedTest {
    @TempDir
    Path folder;

    @Test
    void what_a_hub_pushes_is_in_the_feed_within_seconds_also_after_a_kill() throws Exception {
        InstalledHome home = new InstalledHome(folder.resolve("news"));
        try (AwkwardServer outside = new AwkwardServer()) {
            TestHub hub = new TestHub(outside);
            outside.on("/rss.xml", "application/rss+xml", document(outside, "").getBytes(StandardCharsets.UTF_8));
            home.bare("init", home.folder().toString());
            configure(home, outside);

            try (Server server = home.serve()) {
                eventually("the hub proved that it took us", () -> hub.proved.contains(true));
                push(home, hub, outside, "Bridge");
                server.process().destroyForcibly().waitFor();
            }
            Files.delete(home.file("data/serve.json"));
            try (Server server = home.serve()) {
                push(home, hub, outside, "Tunnel");
                assertThat(server.terminate()).isZero();
            }

            assertThat(hub.asked).as("a killed process' subscription goes on").hasSize(1);
        }
    }

    private static void push(InstalledHome home, TestHub hub, AwkwardServer outside, String title) throws Exception {
        long began = System.nanoTime();
        int status = hub.push(
                "sha256", document(outside, "<item><title>" + title + "</title><guid>" + title + "</guid></item>"));
        eventually(
                "it is in the feed",
                () -> Files.readString(home.file("feeds/news.rss")).contains("<title>" + title + "</title>"));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("pushed to feed: " + took.toMillis() + " ms");

        assertThat(status).isEqualTo(202);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    private static void configure(InstalledHome home, AwkwardServer outside) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        home.write("config/broadsheet.yml", """
                site:
                  url: http://127.0.0.1:%d
                server:
                  listen: 127.0.0.1:%d
                fetch:
                  allow-private: [127.0.0.1]
                  websub: true
                """.formatted(port, port));
        home.write("config/sources.yml", """
                - name: press
                  kind: feed
                  url: %s
                  every: 1h
                """.formatted(outside.url("/rss.xml")));
        home.write("config/newsletters.yml", "[]\n");
    }

    private static String document(AwkwardServer outside, String items) {
        return """
                <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A</title>
                <atom:link rel="hub" href="%s"/><atom:link rel="self" href="%s"/>%s</channel></rss>
                """.formatted(outside.url("/hub"), outside.url("/topic"), items);
    }
}
