package io.broadsheet.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Subscription;
import io.broadsheet.web.site.RunningSite.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private final RunningSite site = new RunningSite();

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void a_closed_feed_is_gone_and_another_is_not_found() throws Exception {
        site.database.writing(tx -> site.feeds.close(tx, "news", site.now()));
        site.publish.build(Progress.NONE);

        assertThat(site.get("/feeds/news.rss").status()).isEqualTo(410);
        assertThat(site.get("/feeds/other.rss").status()).isEqualTo(404);
        assertThat(site.get("/feeds/news.txt").status()).isEqualTo(404);
        assertThat(site.get("/feeds/..%2Fdata%2Fsecret.rss").status()).isIn(400, 404);
    }

    @Test
    void subscribing_answers_the_same_for_all_addresses() throws Exception {
        Reply first = site.post("/subscribe/news", "email=ada%40example.org");
        Reply again = site.post("/subscribe/news", "email=ada%40example.org");
        Reply other = site.post("/subscribe/news", "email=bob%40example.org");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(other.text()).isEqualTo(first.text());
        assertThat(first.headers()).containsEntry("cache-control", "no-store").doesNotContainKey("set-cookie");
        assertThat(subscriber("ada@example.org")).isNotNull();
    }

    @Test
    void a_filled_trap_is_told_the_same_and_does_nothing() throws Exception {
        Reply person = site.post("/subscribe/news", "email=ada%40example.org");
        Reply machine = site.post("/subscribe/news", "email=bot%40example.org&website=http%3A%2F%2Fspam.example");

        assertThat(machine.text()).isEqualTo(person.text());
        Optional<Subscriber> bot =
                site.database.read(tx -> site.stores.subscribers().find(tx, Address.of("bot@example.org")));
        assertThat(bot).isEmpty();
    }

    @Test
    void what_is_no_address_is_told_with_the_form() throws Exception {
        Reply reply = site.post("/subscribe/news", "email=%3Cb%3E+at+example");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<form", "role=\"alert\"").doesNotContain("<b> at");
        assertThat(site.get("/subscribe/none").status()).isEqualTo(404);
        assertThat(site.post("/subscribe/none", "email=a%40example.org").status())
                .isEqualTo(404);
    }

    @Test
    void one_address_can_not_ask_for_ever() throws Exception {
        for (int asked = 0; asked < 30; asked++) {
            site.post("/subscribe/news", "email=ada%40example.org");
        }
        Reply tooMany = site.post("/subscribe/news", "email=ada%40example.org", "X-Forwarded-For: 192.0.2.7");
        site.clock.advance(Duration.ofMinutes(10));

        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.headers()).containsKey("retry-after");
        assertThat(site.post("/subscribe/news", "email=ada%40example.org").status())
                .isEqualTo(200);
    }

    @Test
    void a_confirmation_asks_first_and_the_button_confirms() throws Exception {
        site.post("/subscribe/news", "email=ada%40example.org");
        String path = "/confirm/"
                + site.tokens.confirm(
                        newsletter(), subscriber("ada@example.org"), site.now().plus(Duration.ofDays(7)));

        Reply asked = site.get(path);
        assertThat(asked.text()).contains("<form method=\"post\" action=\"" + path + "\"");
        assertThat(state()).isEqualTo(Subscription.State.PENDING);

        assertThat(site.post(path, "").status()).isEqualTo(200);
        assertThat(state()).isEqualTo(Subscription.State.ACTIVE);
        assertThat(site.post(path, "").status()).isEqualTo(200);
        assertThat(site.get("/confirm/nonsense").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"urlencoded", "multipart", "none"})
    void one_click_unsubscribes_in_either_encoding(String encoding) throws Exception {
        active();
        String path = "/u/" + site.tokens.unsubscribe(newsletter(), subscriber("ada@example.org"));

        assertThat(site.get(path).text()).contains("<form method=\"post\" action=\"" + path + "\"");
        assertThat(state()).isEqualTo(Subscription.State.ACTIVE);

        for (int times = 0; times < 2; times++) {
            Reply reply = oneClick(path, encoding);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).doesNotContainKeys("location", "set-cookie");
            assertThat(state()).isEqualTo(Subscription.State.ENDED);
        }
        assertThat(site.post("/u/nonsense", "List-Unsubscribe=One-Click").status())
                .isEqualTo(404);
    }

    private Reply oneClick(String path, String encoding) throws Exception {
        return switch (encoding) {
            case "urlencoded" -> site.post(path, "List-Unsubscribe=One-Click");
            case "multipart" ->
                site.ask(
                        "POST",
                        path,
                        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
                        "Content-Type: multipart/form-data; boundary=b");
            default -> site.ask("POST", path, "", "Content-Length: 0");
        };
    }

    @Test
    void health_says_what_is_down() throws Exception {
        site.database.close();

        Reply health = site.get("/health");

        assertThat(health.status()).isEqualTo(503);
        assertThat(health.text()).isEqualTo("{\"status\":\"down\",\"down\":[\"database\"]}");
        assertThat(site.get("/feeds/news.rss").status()).isEqualTo(200);
    }

    private void active() throws Exception {
        site.post("/subscribe/news", "email=ada%40example.org");
        site.post(
                "/confirm/"
                        + site.tokens.confirm(
                                newsletter(),
                                subscriber("ada@example.org"),
                                site.now().plus(Duration.ofDays(7))),
                "");
    }

    private NewsletterId newsletter() {
        return site.database.read(tx -> site.newsletters.get(tx, "news").id());
    }

    private SubscriberId subscriber(String address) {
        return site.database
                .read(tx -> site.stores.subscribers().find(tx, Address.of(address)))
                .orElseThrow()
                .id();
    }

    private Subscription.State state() {
        NewsletterId newsletter = newsletter();
        SubscriberId ada = subscriber("ada@example.org");
        return site.database
                .read(tx -> site.stores.subscriptions().find(tx, newsletter, ada))
                .orElseThrow()
                .state();
    }
}
