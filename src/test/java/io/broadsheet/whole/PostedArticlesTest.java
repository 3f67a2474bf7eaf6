package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import io.broadsheet.whole.InstalledHome.Ended;
import io.broadsheet.whole.InstalledHome.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, to which an editorial system posts. */
@Tag("whole")
class PostedArticlesTest {
    private static final String BRIDGE =
            "{\"id\":\"b1\",\"title\":\"Harbour bridge reopens\",\"content\":\"<p>It is open.</p>\"}";

    @TempDir
    Path folder;

    @Test
    void what_is_posted_is_in_the_feed_within_seconds_once_and_explained() throws Exception {
        InstalledHome home = new InstalledHome(folder.resolve("news"));
        home.bare("init", home.folder().toString());
        home.write("config/broadsheet.yml", "site:\n  url: https://news.example.org\nserver:\n  listen: 127.0.0.1:0\n");
        home.write("config/sources.yml", "- name: desk\n  kind: api\n  tags: [press]\n");
        home.write("config/newsletters.yml", "[]\n");
        try (Server server = home.serve()) {
            Ended made = home.run("token", "new", "desk", "--note", "editorial system", "--json");
            String token = String.valueOf(made.json().get("token"));
            HttpResponse<String> first = post(server, token);
            long posted = System.nanoTime();
            eventually(
                    "the feed has it",
                    () -> Files.exists(home.file("feeds/news.rss"))
                            && Files.readString(home.file("feeds/news.rss")).contains("Harbour bridge reopens"));
            Duration took = Duration.ofNanos(System.nanoTime() - posted);
            System.out.println("posted to feed: " + took.toMillis() + " ms");
            HttpResponse<String> again = post(server, token);
            Ended listed = home.run("token", "list", "--json");
            Ended collected = home.run("collect", "desk");
            Ended all = home.run("collect", "--json");
            String id = String.valueOf(Json.read(first.body(), Map.class).get("id"));
            Ended explained = home.run("explain", "article", id);
            Ended revoked =
                    home.run("token", "revoke", String.valueOf(listed.json().get("id")));
            HttpResponse<String> afterwards = post(server, token);

            assertThat(made.exitCode()).as(made.err()).isZero();
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(first.headers().firstValue("Location")).contains("https://news.example.org/a/" + id);
            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(listed.out()).contains("\"note\":\"editorial system\"").doesNotContain(token);
            assertThat(collected.exitCode()).isEqualTo(2);
            assertThat(collected.err()).contains("of kind api and never visited");
            assertThat(all.json().get("sources")).asList().isEmpty();
            assertThat(explained.out()).contains("desk", "posted", "b1");
            assertThat(revoked.exitCode()).isZero();
            assertThat(afterwards.statusCode()).isEqualTo(401);
            assertThat(Files.readString(home.file("data/serve.err"))).doesNotContain(token);
            assertThat(Files.readString(home.file("data/serve.out"))).doesNotContain(token);
            assertThat(server.terminate()).isZero();
        }
    }

    private static HttpResponse<String> post(Server server, String token) throws IOException, InterruptedException {
        URI address = server.address().resolve("/api/v1/articles");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BRIDGE))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
