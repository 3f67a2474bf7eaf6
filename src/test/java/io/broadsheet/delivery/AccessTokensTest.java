package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.OAuth2;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.test.MailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer provider;
    private MailServer server;
    private volatile int status = 200;
    private volatile String answer = "{\"access_token\":\"t%d\",\"expires_in\":3600,\"token_type\":\"Bearer\"}";

    @BeforeEach
    void open() throws IOException {
        server = MailServer.open().offers("AUTH PLAIN XOAUTH2");
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.formatted(asked.size()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void close() throws IOException {
        provider.stop(0);
        server.close();
    }

    private OAuth2 fetched() {
        String url = "http://127.0.0.1:" + provider.getAddress().getPort() + "/token";
        return new OAuth2(null, url, "client&1", new Secret("s"), new Secret("r"));
    }

    private SmtpServer server(OAuth2 oauth2) {
        return SmtpServer.of(
                new Smtp(
                        "127.0.0.1",
                        server.port(),
                        Security.NONE,
                        new Secret("ada"),
                        null,
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        oauth2,
                        true),
                "news.example.org");
    }

    private static String auth(String token) {
        String plain = "user=ada\u0001auth=Bearer " + token + "\u0001\u0001";
        return "AUTH XOAUTH2 " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_given_token_lets_us_in() {
        new SmtpConnection(server(new OAuth2(new Secret("given"), null, null, null, null))).open();

        assertThat(server.commands()).contains(auth("given"));
    }

    @Test
    void a_token_is_fetched_once_for_all_connections() {
        SmtpServer shared = server(fetched());

        new SmtpConnection(shared).open();
        new SmtpConnection(shared).open();

        assertThat(asked)
                .containsExactly("grant_type=refresh_token&client_id=client%261&client_secret=s&refresh_token=r");
        assertThat(server.commands()).contains(auth("t1"));
    }

    @Test
    void a_token_that_the_server_refuses_is_fetched_again_once() {
        server.answers(command -> command.equals(auth("t1")) ? "535 5.7.8 expired" : null);

        new SmtpConnection(server(fetched())).open();

        assertThat(server.commands()).contains(auth("t1"), auth("t2"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_challenge_that_tells_the_error_counts_as_a_refusal() {
        server.answers(command -> command.startsWith("AUTH") ? "334 eyJzdGF0dXMiOiI0MDAifQ==" : null);

        assertThatThrownBy(() -> new SmtpConnection(server(fetched())).open()).hasMessageContaining("refuses");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_token_that_is_about_to_end_is_replaced() {
        answer = "{\"access_token\":\"t%d\",\"expires_in\":0,\"refresh_token\":\"r2\"}";
        AccessTokens tokens = new AccessTokens(fetched());

        String first = tokens.current();
        String second = tokens.current();

        assertThat(first).isEqualTo("t1");
        assertThat(second).isEqualTo("t2");
        assertThat(asked.get(1)).endsWith("refresh_token=r2");
    }

    @Test
    void a_provider_that_gives_none_is_told_without_its_secrets() {
        status = 400;
        answer = "{\"error\":\"invalid_grant\",\"error_description\":\"r was revoked\"}";

        assertThatThrownBy(() -> new SmtpConnection(server(fetched())).open())
                .hasMessageContaining("answered 400 (invalid_grant)")
                .hasMessageContaining("refresh-token of mail.smtp.oauth2")
                .hasMessageNotContaining("revoked");
    }

    @Test
    void a_page_instead_of_a_token_is_told() {
        answer = "<html>";

        assertThatThrownBy(() -> new AccessTokens(fetched()).current()).hasMessageContaining("no JSON");
    }
}
