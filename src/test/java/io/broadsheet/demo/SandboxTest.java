package io.broadsheet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The sandbox's own parts, without the program between them. */
class SandboxTest {
    @Test
    void the_inbox_lists_a_mail_and_shows_it_as_html_text_and_source() throws Exception {
        try (Mailboxes mailboxes = Mailboxes.open();
                InboxPages pages = InboxPages.open(mailboxes)) {
            send(mailboxes, "ada@example.org", "Tides & <gales>", "<p>High <b>water</b></p><script>alert(1)</script>");
            Outside browser = new Outside(URI.create(pages.address()));

            HttpResponse<String> list = browser.get("/");
            HttpResponse<String> mail = browser.get("/mail/0");
            HttpResponse<String> html = browser.get("/mail/0/html");
            HttpResponse<String> source = browser.get("/mail/0/source");

            assertThat(list.body()).contains("ada@example.org", "Tides &amp; &lt;gales&gt;", "/mail/0");
            assertThat(mail.body()).contains("<iframe src=\"/mail/0/html\"", "sandbox=", "High water");
            assertThat(html.body()).contains("<b>water</b>");
            assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "sandbox")
                    .doesNotContain("script");
            assertThat(source.body()).contains("Subject: Tides & <gales>");
            assertThat(source.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
            assertThat(browser.get("/mail/7").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_headline_is_found_in_a_text_however_its_lines_are_broken() throws Exception {
        try (Mailboxes mailboxes = Mailboxes.open()) {
            send(mailboxes, Reader.ADA.email(), "News", "<p>x</p>");

            assertThat(mailboxes.of(Reader.ADA)).singleElement().satisfies(mail -> {
                assertThat(mail.tells("High water at noon")).isTrue();
                assertThat(mail.tells("Low water")).isFalse();
            });
            assertThat(mailboxes.of(Reader.BRUNO)).isEmpty();
        }
    }

    @Test
    void the_newsroom_answers_304_until_something_new_is_published() {
        try (Newsroom newsroom = Newsroom.open(Clock.systemUTC())) {
            Outside reader = new Outside(URI.create(newsroom.address() + "/"));
            String etag =
                    reader.get("/harbour.rss").headers().firstValue("ETag").orElseThrow();

            int unchanged = reader.get("/harbour.rss", "If-None-Match", etag).statusCode();
            newsroom.publish(Sample.text("newsroom/first.xml"));
            HttpResponse<String> changed = reader.get("/harbour.rss", "If-None-Match", etag);

            assertThat(unchanged).isEqualTo(304);
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.body()).contains(Story.FIRST_NEW, newsroom.address() + "/stories/storm-warning");
        }
    }

    @Test
    void the_sandbox_home_is_in_order_and_goes_when_it_is_closed() {
        Path folder;
        try (SandboxHome sandbox = SandboxHome.write("http://127.0.0.1:1", 2525, Clock.systemUTC())) {
            Home home = sandbox.home();
            folder = home.folder();

            assertThat(Settings.load(home).problems()).isEmpty();
            assertThat(sandbox.releases())
                    .isDirectoryContaining(file -> file.toString().endsWith(".md"));
        }
        assertThat(Files.exists(folder)).isFalse();
    }

    private static void send(Mailboxes mailboxes, String to, String subject, String html) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(mailboxes.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("news@northport.example");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        MimeBodyPart text = new MimeBodyPart();
        text.setText("High water\r\nat noon", "utf-8");
        MimeBodyPart page = new MimeBodyPart();
        page.setText(html, "utf-8", "html");
        message.setContent(new MimeMultipart("alternative", text, page));
        Transport.send(message);
    }
}
