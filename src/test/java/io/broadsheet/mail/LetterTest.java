package io.broadsheet.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
    private static final Instant DATE = Instant.parse("2026-07-05T06:07:08Z");
    private static final String UNSUBSCRIBE = "https://news.example.org/u/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH";
    private static final MailingList LIST = new MailingList(
            "news.news.example.org",
            "Nachrichten für alle",
            "https://news.example.org/help",
            "https://news.example.org/e/",
            "12:news:daily:example");

    @Test
    void every_header_field_says_what_it_should() throws Exception {
        OutgoingMessage message = letter("Þóra, \"the\" reader").write("Grüße & news", body("text", "<p>html</p>"));
        MimeMessage read = read(message);

        assertThat(address(read, "From")).isEqualTo(new InternetAddress("news@news.example.org", "Example Newsroom"));
        assertThat(address(read, "To").getPersonal()).isEqualTo("Þóra, \"the\" reader");
        assertThat(address(read, "Reply-To").getAddress()).isEqualTo("press@news.example.org");
        assertThat(read.getSubject()).isEqualTo("Grüße & news");
        assertThat(read.getHeader("Date")).containsExactly("Sun, 5 Jul 2026 08:07:08 +0200");
        assertThat(read.getSentDate().toInstant()).isEqualTo(DATE);
        assertThat(read.getHeader("Message-ID")).containsExactly("<abc.def@news.example.org>");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(read.getHeader("List-Id", null)))
                .isEqualTo("Nachrichten für alle <news.news.example.org>");
        assertThat(read.getHeader("List-Unsubscribe")).containsExactly("<" + UNSUBSCRIBE + ">");
        assertThat(read.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(read.getHeader("List-Help")).containsExactly("<https://news.example.org/help>");
        assertThat(read.getHeader("List-Archive")).containsExactly("<https://news.example.org/e/>");
        assertThat(read.getHeader("List-Post")).containsExactly("NO");
        assertThat(read.getHeader("Feedback-ID")).containsExactly("12:news:daily:example");
        assertThat(read.getHeader("Precedence")).containsExactly("bulk");
        assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(read.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(read.getHeader("MIME-Version")).containsExactly("1.0");
        assertThat(message.envelopeFrom()).isEqualTo("bounce+1@news.example.org");
        assertThat(message.envelopeTo()).isEqualTo("thora@example.net");
        assertThat(message.size()).isEqualTo(message.bytes().length);
    }

    @Test
    void the_plain_text_comes_first_and_both_are_utf_8() throws Exception {
        MimeMultipart parts = (MimeMultipart)
                read(letter("").write("s", body("text", "<p>html</p>"))).getContent();

        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Plain words\nof ASCII = here.\n.\n..\nFrom the start\ntrailing blank \ntab\t\n",
                "Grüße aus Köln, with a few umlauts in a mostly English line that is long enough to be broken more than once.",
                "Мост через гавань снова открыт",
                "港の橋、二年ぶりに再開通",
                "إعادة فتح جسر الميناء بعد عامين",
                "🎉👩‍👩‍👧🎶",
                "",
                "\n\n",
                "=",
                "no newline at the end "
            })
    void what_goes_in_comes_out(String content) throws Exception {
        for (String text : List.of(content, content.repeat(40))) {
            OutgoingMessage message = letter("").write(text, body(text, "<p>" + text + "</p>"));
            MimeMessage read = read(message);
            MimeMultipart parts = (MimeMultipart) read.getContent();
            assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                    .isEqualTo(text);
            assertThat(parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"))
                    .isEqualTo("<p>" + text + "</p>");
            assertThat(read.getSubject()).isEqualTo(OneLine.of(text).replaceAll(" {2,}", " "));
            assertThat(new String(message.bytes(), StandardCharsets.ISO_8859_1).split("\r\n"))
                    .allSatisfy(line -> {
                        assertThat(line.length()).isLessThanOrEqualTo(line.startsWith("List-Unsubscribe: ") ? 998 : 78);
                        assertThat(line.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
                        assertThat(line).doesNotStartWith(".").doesNotStartWith("From ");
                        assertThat(line.isBlank() && !line.isEmpty()).isFalse();
                    });
        }
    }

    @Test
    void encoded_words_are_short_and_hold_whole_characters() throws Exception {
        Header header = Header.text("Subject", "日本語の見出し🎉".repeat(20));

        assertThat(header.tokens()).hasSizeGreaterThan(5).allSatisfy(word -> {
            assertThat(word.length()).isLessThanOrEqualTo(75);
            assertThat(jakarta.mail.internet.MimeUtility.decodeWord(word)).doesNotContain("\ufffd");
        });
        assertThat(header.field().split("\r\n")).allMatch(line -> line.length() <= 76);
    }

    @Test
    void the_same_texts_make_the_same_bytes() {
        assertThat(letter("Ada").write("s", body("text", "html")).bytes())
                .isEqualTo(letter("Ada").write("s", body("text", "html")).bytes());
    }

    @Test
    void no_field_can_be_given_a_second_line() {
        assertThat(Header.text("Subject", "a\r\nBcc: eve@example.net").field())
                .isEqualTo("Subject: a Bcc: eve@example.net\r\n");
        assertThatThrownBy(() -> Header.of("X-Test", "a\r\nBcc: eve@example.net"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Header("X:y", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LIST.headers("https://example.org/\r\nBcc: eve", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void utc_is_written_as_a_number() {
        Letter letter = new Letter(
                "b@example.org",
                Mailbox.ofAddress("a@example.org"),
                Mailbox.ofAddress("c@example.org"),
                null,
                "<i@example.org>",
                DATE.atZone(ZoneOffset.UTC),
                List.of());

        assertThat(new String(letter.write("s", body("", "")).bytes(), StandardCharsets.US_ASCII))
                .contains("\r\nDate: Sun, 5 Jul 2026 06:07:08 +0000\r\n");
    }

    @Test
    void where_a_mail_unsubscribes_too_both_ways_stand_in_one_field() {
        List<Header> headers =
                LIST.headers("https://example.org/u/T", "unsubscribe+" + "a".repeat(52) + "@example.org");

        assertThat(headers)
                .filteredOn(header -> header.name().equals("List-Unsubscribe"))
                .extracting(Header::field)
                .containsExactly("List-Unsubscribe: <https://example.org/u/T>,\r\n <mailto:unsubscribe+"
                        + "a".repeat(52) + "@example.org?subject=unsubscribe>\r\n");
    }

    private static Letter letter(String name) {
        return new Letter(
                "bounce+1@news.example.org",
                Mailbox.parse("Example Newsroom <news@news.example.org>"),
                new Mailbox(name, "thora@example.net"),
                Mailbox.parse("press@news.example.org"),
                "<abc.def@news.example.org>",
                DATE.atZone(ZoneId.of("Europe/Berlin")),
                LIST.headers(UNSUBSCRIBE, null));
    }

    private static List<byte[]> body(String text, String html) {
        return EncodedBody.of(Holed.whole(text), Holed.whole(html)).fill(List.of(), List.of());
    }

    private static InternetAddress address(MimeMessage message, String field) throws MessagingException {
        return InternetAddress.parse(message.getHeader(field, null), true)[0];
    }

    private static MimeMessage read(OutgoingMessage message) throws MessagingException, IOException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.bytes()));
    }
}
