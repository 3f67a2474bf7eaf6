package io.broadsheet.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Header;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.Mailbox;
import io.broadsheet.mail.MailingList;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.test.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final List<DkimKey> KEYS = List.of(Keys.rsa("news.example.org"), Keys.ed25519("news.example.org"));

    private final TestClock clock = TestClock.at("2026-11-24T07:00:00Z");
    private final Signer signer = Signer.with(KEYS, Engine.best(), clock);

    @Test
    void the_key_of_rfc_8463_publishes_what_it_prints() {
        assertThat(Keys.rfc8463().record().text()).isEqualTo("v=DKIM1; k=ed25519; p=" + Keys.RFC_8463_PUBLISHED);
        assertThat(Keys.rfc8463().record().name()).isEqualTo("brisbane._domainkey.football.example.com");
    }

    @Test
    void the_body_hash_of_rfc_8463_is_found() {
        OutgoingMessage signed = Signer.with(List.of(Keys.rfc8463()), Engine.best(), clock)
                .sign(raw("From: Joe SixPack <joe@football.example.com>\r\nSubject: Is dinner ready?\r\n\r\n"
                        + "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"));

        assertThat(text(signed)).contains("bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;");
    }

    @Test
    void a_digest_is_signed_by_both_keys_and_both_hold() {
        byte[] message = signer.sign(digest("Grüße aus Köln")).bytes();

        assertThat(Verifier.verify(message, KEYS)).containsExactly(true, true);
    }

    @Test
    void another_implementation_finds_both_signatures_right() {
        byte[] message = signer.sign(digest("Grüße aus Köln")).bytes();

        assertThat(Dkimpy.verify(message, KEYS)).containsExactly("holds", "holds");
    }

    @Test
    void another_implementation_agrees_about_empty_bodies_and_odd_blanks() {
        String head = "From: a@news.example.org\r\nSubject:  odd \t blanks \r\n\t folded\r\n\r\n";
        for (String body : List.of("", "\r\n", "\r\n\r\n", " \r\n", "a", "a \t b \r\n \r\n\r\n", "\r\n\r\nä\r\n \tb")) {
            byte[] message = signer.sign(raw(head + body)).bytes();

            assertThat(Dkimpy.verify(message, KEYS)).as("body '%s'", body).containsExactly("holds", "holds");
        }
    }

    @Test
    void javas_own_code_signs_as_well() {
        byte[] message =
                Signer.with(KEYS, Engine.plain(), clock).sign(digest("News")).bytes();

        assertThat(Verifier.verify(message, KEYS)).containsExactly(true, true);
    }

    @Test
    void what_is_signed_is_the_message_that_goes_out_with_fields_put_on_top() {
        OutgoingMessage message = digest("News");

        OutgoingMessage signed = signer.sign(message);

        assertThat(text(signed))
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;")
                .endsWith(text(message));
        assertThat(signed.size()).isEqualTo(signed.bytes().length);
        assertThat(signed.messageId()).isEqualTo(message.messageId());
    }

    @Test
    void every_line_of_a_signature_is_under_78_columns() {
        assertThat(signatures().split("\r\n")).hasSizeGreaterThan(10).allMatch(line -> line.length() < 78);
    }

    @Test
    void the_time_is_told_and_no_part_of_the_body_is_left_out() {
        assertThat(signatures())
                .contains("t=" + clock.instant().getEpochSecond() + ";")
                .doesNotContain(" l=");
    }

    @Test
    void nothing_that_a_reader_or_a_provider_acts_upon_can_be_changed() {
        String message = text(signer.sign(digest("News")));
        List<String> changes = List.of(
                "From: Example>From: Sample",
                "To: ada@>To: eve@",
                "Subject: News>Subject: Bad news",
                "Reply-To: press@>Reply-To: eve@",
                "/u/TOKEN>/u/OTHER",
                "List-Unsubscribe=One-Click>List-Unsubscribe=Two-Click",
                "news.news.example.org>elsewhere.example.org",
                "Feedback-ID: 1>Feedback-ID: 2",
                "Date: Tue>Date: Wed",
                "Message-ID: <1>Message-ID: <2",
                "multipart/alternative>multipart/mixed",
                "The bridge>No bridge");
        for (String change : changes) {
            String from = change.substring(0, change.indexOf('>'));
            String to = change.substring(change.indexOf('>') + 1);
            assertThat(message).contains(from);

            List<Boolean> holds =
                    Verifier.verify(message.replace(from, to).getBytes(StandardCharsets.ISO_8859_1), KEYS);

            assertThat(holds).as(change).containsExactly(false, false);
        }
    }

    @Test
    void another_implementation_sees_a_changed_from_and_one_click() {
        String message = text(signer.sign(digest("News")));
        for (String changed :
                List.of(message.replace("From: Example", "From: Sample"), message.replace("One-Click", "Two-Click"))) {
            List<String> holds = Dkimpy.verify(changed.getBytes(StandardCharsets.ISO_8859_1), KEYS);

            assertThat(holds).hasSize(2).allMatch(line -> line.startsWith("fails"));
        }
    }

    @Test
    void a_second_from_to_subject_or_date_breaks_the_signatures() {
        String message = text(signer.sign(digest("News")));
        for (String added :
                List.of("From: Eve <eve@example.net>", "To: eve@example.net", "Subject: Eve", "Date: now")) {
            String above = added + "\r\n" + message;
            String below = message.replaceFirst("\r\n\r\n", "\r\n" + added + "\r\n\r\n");

            for (String forged : List.of(above, below)) {
                assertThat(Verifier.verify(forged.getBytes(StandardCharsets.ISO_8859_1), KEYS))
                        .as(added)
                        .containsExactly(false, false);
            }
        }
    }

    @Test
    void mail_of_a_domain_below_above_or_beside_is_signed_and_of_another_is_not() {
        assertThat(text(signer.sign(raw("From: a@de.news.example.org\r\n\r\nx\r\n"))))
                .contains("d=news.example.org;");
        assertThat(text(signer.sign(raw("From: A <a@Example.org>\r\n\r\nx\r\n"))))
                .contains("d=news.example.org;");
        assertThat(text(signer.sign(raw("From: a@press.example.org\r\n\r\nx\r\n"))))
                .contains("d=news.example.org;");
        assertThat(text(signer.sign(raw("From: a@example.net\r\n\r\nx\r\n")))).startsWith("From:");
        assertThat(text(signer.sign(raw("From: a@oldnews-example.org\r\n\r\nx\r\n"))))
                .startsWith("From:");
    }

    @Test
    void of_several_domains_the_nearest_signs() {
        List<DkimKey> keys = List.of(Keys.ed25519("example.org"), Keys.ed25519("news.example.org"));

        OutgoingMessage signed =
                Signer.with(keys, Engine.best(), clock).sign(raw("From: a@news.example.org\r\n\r\nx\r\n"));

        assertThat(text(signed)).contains("d=news.example.org;").doesNotContain("d=example.org;");
    }

    @Test
    void without_keys_a_message_goes_as_it_is() {
        OutgoingMessage message = digest("News");

        assertThat(Signer.of(List.of(), clock).sign(message)).isSameAs(message);
    }

    @Test
    void signatures_hold_for_any_folding_blanks_bodies_and_cuts() {
        Random random = new Random(6376);
        Signer quick = Signer.with(KEYS.subList(1, 2), Engine.best(), clock);
        for (int i = 0; i < 2_000; i++) {
            String any = "From: a@news.example.org\r\nSubject:" + any(random, true) + "\r\nList-Id:" + any(random, true)
                    + "\r\nX-Other:" + any(random, true) + "\r\n\r\n" + any(random, false);

            byte[] message = quick.sign(cut(random, any)).bytes();

            assertThat(Verifier.verify(message, KEYS))
                    .as("message %d: %s", i, any)
                    .containsExactly(true);
        }
    }

    /** Words, blanks of every kind and line ends; in a header each line end begins a fold. */
    private static String any(Random random, boolean header) {
        List<String> pieces = List.of(
                "word",
                "é",
                "=C3=A9",
                " ",
                "  ",
                "\t",
                " \t",
                header ? "\r\n x" : "\r\n",
                header ? "\r\n\tx" : "\r\n\r\n",
                ".",
                "b=");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static OutgoingMessage cut(Random random, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> segments = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, from + random.nextInt(20));
            segments.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return new OutgoingMessage("a@news.example.org", "b@example.net", "<1@x>", segments, bytes.length);
    }

    private static OutgoingMessage raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new OutgoingMessage("a@news.example.org", "b@example.net", "<1@x>", List.of(bytes), bytes.length);
    }

    private String signatures() {
        return text(signer.sign(digest("News"))).replaceFirst("(?s)\r\nFrom:.*", "");
    }

    private OutgoingMessage digest(String subject) {
        MailingList list =
                new MailingList("news.news.example.org", "Example News", null, null, "1:news:edition:example");
        List<Header> headers = list.headers("https://news.example.org/u/TOKEN", null);
        Letter letter = new Letter(
                "bounces@news.example.org",
                new Mailbox("Example News", "news@news.example.org"),
                new Mailbox("", "ada@example.net"),
                new Mailbox("", "press@news.example.org"),
                "<1@news.example.org>",
                clock.instant().atZone(ZoneOffset.UTC),
                headers);
        EncodedBody body = EncodedBody.of(
                Holed.cut("The bridge reopens.\n\nÄrger war gestern.\n", List.of()),
                Holed.cut("<p>The bridge reopens.</p>\n", List.of()));
        return letter.write(subject, body.fill(List.of(), List.of()));
    }

    private static String text(OutgoingMessage message) {
        return new String(message.bytes(), StandardCharsets.ISO_8859_1);
    }
}
