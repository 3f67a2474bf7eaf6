package io.broadsheet.web.websub;

import static io.broadsheet.test.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.Fetcher;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.PauseSource;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A feed, its hub and we, over real HTTP. */
class WebSubTest {
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final String FIRST = item("Bridge", 1);

    private static String item(String title, int guid) {
        return "<item><title>%s</title><link>https://a.example/%d</link><guid>%d</guid></item>"
                .formatted(title, guid, guid);
    }

    @OnBothDatabases
    void what_a_hub_pushes_is_in_the_feed_at_once_and_only_once(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String all = FIRST;
            int guid = 2;
            for (String method : List.of("sha1", "sha256", "sha384", "sha512")) {
                String title = "Signed by " + method;
                all = item(title, guid++) + all;
                long began = System.nanoTime();
                int status = desk.hub.push(method, desk.document(all));
                long answered = System.nanoTime();
                eventually(title + " is in the feed", () -> desk.published(title));
                System.out.printf(
                        "push %s: answered after %d ms, in the feed's file after %d ms%n",
                        method, (answered - began) / 1_000_000, (System.nanoTime() - began) / 1_000_000);
                assertThat(status).isEqualTo(202);
            }
            byte[] before = Files.readAllBytes(desk.news());
            desk.hub.push("sha256", desk.document(all));
            eventually("it is taken in", () -> desk.stored("owed_at").equals("none"));
            desk.publish.build(Progress.NONE);

            assertThat(desk.hub.asked).hasSize(1);
            assertThat(desk.hub.last())
                    .containsEntry("hub.topic", desk.outside.url("/topic"))
                    .containsEntry("hub.lease_seconds", "864000");
            assertThat(desk.hub.last().get("hub.secret")).hasSize(64);
            assertThat(desk.hub.proved).containsExactly(true);
            assertThat(desk.titles()).hasSize(5);
            assertThat(Files.readAllBytes(desk.news())).isEqualTo(before);
        }
    }

    @OnBothDatabases
    void a_push_that_the_hub_did_not_sign_is_ignored_and_not_told_so(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String forged = desk.document(item("Forged", 2));
            String callback = desk.hub.last().get("hub.callback");
            String right = TestHub.hmac("sha256", desk.hub.last().get("hub.secret"), forged);

            List<Integer> statuses = List.of(
                    desk.hub.push(callback, "", forged),
                    desk.hub.push(callback, "sha256=" + "0".repeat(64), forged),
                    desk.hub.push(callback, "sha256=" + TestHub.hmac("sha256", "guess", forged), forged),
                    desk.hub.push(callback, "sha1=" + right, forged),
                    desk.hub.push(callback, "md5=" + right, forged),
                    desk.hub.push(callback, "sha256=" + right, forged + " "),
                    desk.hub.push(callback.replaceFirst(".$", "~"), "sha256=" + right, forged));
            desk.hub.push("sha256", desk.document(item("Signed", 3)));
            eventually("what came after it is in the feed", () -> desk.published("Signed"));

            assertThat(statuses).containsExactly(202, 202, 202, 202, 202, 202, 404);
            assertThat(desk.titles()).containsExactlyInAnyOrder("Bridge", "Signed");
        }
    }

    @OnBothDatabases
    void a_lease_is_renewed_before_it_ends_and_visits_are_rarer_while_it_lasts(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            Duration before =
                    Duration.between(desk.clock.instant(), desk.press().next());
            desk.keepHubs.due();
            desk.collect.named(List.of("press"), Progress.NONE);
            Duration during =
                    Duration.between(desk.clock.instant(), desk.press().next());
            desk.clock.advance(Duration.ofDays(5).minusSeconds(1));
            desk.keepHubs.due();
            int tooEarly = desk.hub.asked.size();
            desk.clock.advance(Duration.ofDays(3).plusSeconds(2));
            desk.keepHubs.due();
            desk.keepHubs.due();
            int inTime = desk.hub.asked.size();
            desk.hub.asksBack = false;
            desk.clock.advance(Duration.ofDays(11));
            desk.collect.named(List.of("press"), Progress.NONE);
            Duration after = Duration.between(desk.clock.instant(), desk.press().next());

            assertThat(before).isEqualTo(Duration.ofMinutes(15));
            assertThat(during).isEqualTo(Duration.ofHours(1));
            assertThat(tooEarly).isEqualTo(1);
            assertThat(inTime).isEqualTo(2);
            assertThat(desk.hub.proved).containsExactly(true, true);
            assertThat(after).as("the lease ended").isEqualTo(Duration.ofMinutes(15));
        }
    }

    @OnBothDatabases
    void a_hub_that_is_away_or_says_no_is_asked_less_and_less(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.hub.status = 500;
            int[] asked = new int[4];
            for (int round = 0; round < asked.length; round++) {
                desk.keepHubs.due();
                asked[round] = desk.hub.asked.size();
                desk.clock.advance(Duration.ofMinutes(6));
            }
            String error = desk.stored("error");
            desk.hub.askBack(desk.hub.last(), "denied", desk.outside.url("/topic"));
            String state = desk.stored("state");
            String reason = desk.stored("error");
            desk.hub.status = 202;
            desk.keepHubs.due();
            int sameDay = desk.hub.asked.size();
            desk.clock.advance(Duration.ofDays(1));
            desk.keepHubs.due();

            assertThat(asked).containsExactly(1, 2, 2, 3);
            assertThat(error).isEqualTo("it answered with 500");
            assertThat(state).isEqualTo("denied");
            assertThat(reason).isEqualTo("the hub denied it: no room");
            assertThat(sameDay).isEqualTo(3);
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_restart_keeps_the_subscription_and_has_what_was_promised_visited(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String token = desk.hub.last().get("hub.callback").replaceFirst(".*/", "");
            String lost = "<rss/>";
            String signature =
                    "sha256=" + TestHub.hmac("sha256", desk.hub.last().get("hub.secret"), lost);
            long id = desk.answerHub.subscription(token).orElseThrow();
            // Promised, and killed before it was taken in.
            desk.answerHub.push(id, signature, lost.getBytes(StandardCharsets.UTF_8));
            desk.restart();
            Instant due = desk.press().next();
            desk.keepHubs.due();
            desk.hub.push("sha512", desk.document(item("After the restart", 2)));
            eventually("it is in the feed", () -> desk.published("After the restart"));

            assertThat(due).isEqualTo(desk.clock.instant());
            assertThat(desk.hub.asked).as("nothing was asked again").hasSize(1);
        }
    }

    @OnBothDatabases
    void questions_about_what_we_did_not_mean_are_denied(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String topic = desk.outside.url("/topic");

            assertThat(desk.hub
                            .askBack(desk.hub.last(), "subscribe", topic + "2")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(desk.hub.askBack(desk.hub.last(), "unsubscribe", topic).statusCode())
                    .isEqualTo(404);
            assertThat(desk.hub.askBack(desk.hub.last(), "publish", topic).statusCode())
                    .isEqualTo(404);
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_closed_source_is_unsubscribed_and_its_hub_hears_that_it_is_gone(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            String callback = desk.hub.last().get("hub.callback");
            desk.database.writing(tx -> desk.sources.close(tx, "press", desk.clock.instant()));
            desk.keepHubs.due();

            assertThat(desk.hub.last()).containsEntry("hub.mode", "unsubscribe").doesNotContainKey("hub.secret");
            assertThat(desk.hub.proved).containsExactly(true, true);
            assertThat(desk.stored("state")).isEqualTo("none");
            assertThat(desk.hub.push(callback, "sha256=" + "0".repeat(64), "<rss/>"))
                    .isEqualTo(410);
        }
    }

    @OnBothDatabases
    void a_paused_source_is_unsubscribed_and_once_resumed_its_hub_is_found_anew(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            PauseSource pause = new PauseSource(desk.database, desk.clock, desk.sources);
            pause.pause("press");
            desk.keepHubs.due();
            String afterPause = desk.hub.last().get("hub.mode");
            pause.resume("press");
            desk.collect.named(List.of("press"), Progress.NONE);
            desk.keepHubs.due();

            assertThat(afterPause).isEqualTo("unsubscribe");
            assertThat(desk.hub.last()).containsEntry("hub.mode", "subscribe");
            assertThat(desk.stored("state")).isEqualTo("live");
        }
    }

    @OnBothDatabases
    void a_hub_at_a_private_address_is_not_asked(TestDatabase test) {
        try (Desk desk = new Desk(test);
                Fetcher guarded = desk.fetcher(List.of())) {
            desk.keeping(guarded).due();

            assertThat(desk.hub.asked).isEmpty();
            assertThat(desk.stored("error")).contains("private");
        }
    }

    @OnBothDatabases
    void what_cannot_be_taken_in_is_visited_instead(TestDatabase test) throws Exception {
        try (Desk desk = new Desk(test)) {
            desk.keepHubs.due();
            int large = desk.hub.push("sha256", desk.document(" ".repeat(70_000)));
            eventually("a visit is asked for", () -> desk.visitsAsked.get() == 1);
            desk.hub.push("sha256", "no feed at all");
            eventually("another is asked for", () -> desk.visitsAsked.get() == 2);

            assertThat(large).isEqualTo(202);
            assertThat(desk.press().next()).isEqualTo(desk.clock.instant());
            assertThat(desk.stored("owed_at")).isEqualTo("none");
        }
    }
}
