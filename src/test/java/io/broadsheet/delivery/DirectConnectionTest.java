package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.delivery.MxRoute.Stop;
import io.broadsheet.delivery.MxRoute.Through;
import io.broadsheet.test.Certificates;
import io.broadsheet.test.MailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of one domain on several addresses of loopback, at one port. */
class DirectConnectionTest {
    @TempDir
    static Path folder;

    private MailServer first;
    private MailServer second;

    @BeforeEach
    void open() {
        first = MailServer.open("127.0.0.1", 0);
        second = MailServer.open("127.0.0.2", first.port());
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        second.close();
    }

    private SmtpConnection connection(Tls tls, Trust trust, String... addresses) {
        List<Stop> stops = new ArrayList<>();
        for (int at = 0; at < addresses.length; at++) {
            try {
                stops.add(new Stop("mx" + (at + 1) + ".example.org", InetAddress.getByName(addresses[at]), tls));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
        Direct direct = new Direct(first.port(), 1, Duration.ofSeconds(2), Duration.ofSeconds(3), true);
        return new SmtpConnection(
                SmtpServer.of(new Through("example.org", "example.org", stops), direct, "news.example.org", trust));
    }

    private SmtpConnection opened(Tls tls, Trust trust, String... addresses) {
        SmtpConnection connection = connection(tls, trust, addresses);
        connection.open();
        connection.send(Mails.to("ada@example.org"), () -> true);
        connection.quit();
        return connection;
    }

    @Test
    void the_next_server_is_tried_when_one_is_not_there() {
        SmtpConnection connection = opened(Tls.NONE, Trust.system(), "127.0.0.3", "127.0.0.2");

        assertThat(connection.host()).isEqualTo("mx2.example.org");
        assertThat(second.messages()).hasSize(1);
    }

    @Test
    void the_next_server_is_tried_when_one_is_too_busy() {
        first.greets("421 4.3.2 too busy\r\n".getBytes(StandardCharsets.US_ASCII));

        opened(Tls.NONE, Trust.system(), "127.0.0.1", "127.0.0.2");

        assertThat(second.messages()).hasSize(1);
    }

    @Test
    void an_ipv6_address_that_leads_nowhere_gives_way_to_ipv4() {
        opened(Tls.NONE, Trust.system(), "2001:db8::1", "127.0.0.2");

        assertThat(second.messages()).hasSize(1);
    }

    @Test
    void when_none_lets_us_in_the_last_reason_is_told() {
        first.greets("421 4.3.2 too busy\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> connection(Tls.NONE, Trust.system(), "127.0.0.3", "127.0.0.1")
                        .open())
                .hasMessage(
                        "mail server of example.org (mx2.example.org): it greets with 421 4.3.2 too busy ; it is tried again later");
    }

    @Test
    void tls_is_used_where_it_is_offered_with_whatever_certificate() {
        first.starttls(Certificates.of(folder, "dns:other.example").context());

        opened(Tls.WHERE_OFFERED, Trust.system(), "127.0.0.1");

        assertThat(first.commands()).contains("STARTTLS");
        assertThat(first.messages()).hasSize(1);
    }

    @Test
    void mail_goes_without_tls_where_none_is_offered_or_it_fails() {
        first.offers("STARTTLS").answers(command -> command.equals("STARTTLS") ? "454 4.7.0 not now" : null);
        second.starttls(Certificates.of(folder, "dns:other.example").context()).speaking("TLSv1.1");

        opened(Tls.WHERE_OFFERED, Trust.system(), "127.0.0.1");
        opened(Tls.TESTED, Trust.system(), "127.0.0.2");

        assertThat(first.messages()).hasSize(1);
        assertThat(second.messages()).hasSize(1);
    }

    @Test
    void where_a_policy_enforces_it_only_a_good_certificate_will_do() {
        Certificates good = Certificates.of(folder, "dns:mx2.example.org");
        first.starttls(Certificates.of(folder, "dns:other.example").context());
        second.starttls(good.context());

        SmtpConnection connection = opened(Tls.STARTTLS, Trust.of(good.authorities()), "127.0.0.1", "127.0.0.2");

        assertThat(connection.host()).isEqualTo("mx2.example.org");
        assertThat(first.messages()).isEmpty();
        assertThatThrownBy(() -> connection(Tls.STARTTLS, Trust.of(good.authorities()), "127.0.0.1")
                        .open())
                .hasMessageContaining("its certificate is not trusted");
    }

    @Test
    void a_policy_that_is_only_tested_lets_mail_go_all_the_same() {
        first.starttls(Certificates.of(folder, "dns:other.example").context());

        opened(Tls.TESTED, Trust.system(), "127.0.0.1");

        assertThat(first.messages()).hasSize(1);
    }

    @Test
    void a_connection_that_was_broken_off_tries_nobody_else() {
        SmtpConnection connection = connection(Tls.NONE, Trust.system(), "127.0.0.1", "127.0.0.2");
        connection.abort();

        assertThatThrownBy(connection::open).hasMessageContaining("since we are stopping");
        assertThat(first.connections() + second.connections()).isZero();
    }
}
