package io.broadsheet.web.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.FeedbackDoors.Provider;
import io.broadsheet.config.ListenAddress;
import io.broadsheet.config.Secret;
import io.broadsheet.error.OutsideError;
import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.webhook.TakeWebhook;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.test.TestClock;
import io.broadsheet.web.ErrorPage;
import io.broadsheet.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HookRoutesTest {
    private final List<Report> taken = new CopyOnWriteArrayList<>();
    private final TestClock clock = TestClock.at("2026-11-24T11:00:00Z");
    private final Fetcher fetcher = new Fetcher(
            new FetchSettings(
                    "test",
                    List.of(),
                    Set.of(443),
                    1000,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    1,
                    Duration.ZERO),
            clock);
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile boolean databaseAway;
    private WebServer server;

    @BeforeEach
    void start() {
        FeedbackDoors.Webhook hook = new FeedbackDoors.Webhook(
                "relay", Provider.SPARKPOST, null, null, null, null, null, new Secret("tok-en"));
        TakeWebhook takeWebhook = new TakeWebhook(List.of(hook), fetcher, this::keep, clock);
        server = new WebServer(
                new ListenAddress("127.0.0.1", 0),
                Duration.ofSeconds(20),
                List.of(new HookRoutes(takeWebhook)),
                ErrorPage.PLAIN);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        fetcher.close();
    }

    private void keep(Report report) {
        if (databaseAway) {
            throw new OutsideError("database: away", true, null);
        }
        taken.add(report);
    }

    private int post(String path, String token, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + server.bound() + path))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static String batch(int events) {
        String event =
                "{\"msys\":{\"message_event\":{\"type\":\"bounce\",\"bounce_class\":\"10\",\"rcpt_to\":\"ada@reader.example\"}}}";
        return "[" + (event + ",").repeat(events - 1) + event + "]";
    }

    @Test
    void each_answer_has_its_status() throws Exception {
        assertThat(post("/hooks/mail/relay", "tok-en", batch(1))).isEqualTo(204);
        assertThat(post("/hooks/mail/relay", "wrong", batch(1))).isEqualTo(403);
        assertThat(post("/hooks/mail/other", "tok-en", batch(1))).isEqualTo(404);
        assertThat(post("/hooks/mail/relay", "tok-en", "no JSON")).isEqualTo(400);
        databaseAway = true;
        assertThat(post("/hooks/mail/relay", "tok-en", batch(1))).isEqualTo(503);

        assertThat(taken).hasSize(1);
    }

    @Test
    void a_large_batch_is_taken_here_and_a_huge_one_nowhere() throws Exception {
        assertThat(post("/hooks/mail/relay", "tok-en", batch(2_000))).isEqualTo(204);
        assertThat(taken).hasSize(2_000);

        assertThat(isTooLarge("/hooks/mail/relay", batch(50_000))).isTrue();
        assertThat(isTooLarge("/elsewhere", batch(2_000))).isTrue();
        assertThat(taken).hasSize(2_000);
    }

    /** 413, or the connection broken off under a client that still sends: which of them it sees first is a matter of time. */
    private boolean isTooLarge(String path, String body) throws InterruptedException {
        try {
            return post(path, "tok-en", body) == 413;
        } catch (IOException e) {
            return true;
        }
    }
}
