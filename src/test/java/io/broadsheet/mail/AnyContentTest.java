package io.broadsheet.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.AnyText;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for any content, tried with random text and read back by Jakarta Mail, which had no part in writing it. */
class AnyContentTest {
    private static final int CASES = Integer.getInteger("broadsheet.cases", 300);
    private static final List<String> MARKS = List.of("\ue000A\ue000", "\ue000B\ue000", "\ue000C\ue000");
    private static final ZonedDateTime DATE = ZonedDateTime.parse("2026-07-05T08:07:08+02:00");

    private final AnyText any = new AnyText();

    @Test
    void what_is_spliced_is_what_encoding_the_filled_text_gives() throws Exception {
        for (int number = 0; number < CASES; number++) {
            Holed text = holed();
            Holed html = holed();
            List<String> values = List.of(any.text(6), any.text(3), "");

            OutgoingMessage spliced =
                    letter("Ada").write("s", EncodedBody.of(text, html).fill(values, values));
            OutgoingMessage whole = letter("Ada")
                    .write(
                            "s",
                            EncodedBody.of(Holed.whole(text.fill(values)), Holed.whole(html.fill(values)))
                                    .fill(List.of(), List.of()));

            assertThat(parts(spliced)).as(why(number)).isEqualTo(parts(whole));
            assertThat(parts(spliced)).as(why(number)).containsExactly(text.fill(values), html.fill(values));
        }
    }

    @Test
    void no_line_is_too_long_begins_with_a_dot_or_holds_anything_but_ascii() {
        for (int number = 0; number < CASES; number++) {
            List<String> values = List.of(any.text(6), any.text(3), any.text(1));
            OutgoingMessage message = letter(OneLine.of(any.text(8)))
                    .write(any.text(10), EncodedBody.of(holed(), holed()).fill(values, values));

            String all = new String(message.bytes(), StandardCharsets.ISO_8859_1);
            assertThat(all.replace("\r\n", "")).as(why(number)).doesNotContain("\r", "\n");
            for (String line : all.split("\r\n", -1)) {
                assertThat(line.length()).as("%s: %s", why(number), line).isLessThanOrEqualTo(78);
                assertThat(line.startsWith(".") || line.startsWith("From "))
                        .as("%s: %s", why(number), line)
                        .isFalse();
                assertThat(line.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f)))
                        .as("%s: %s", why(number), line)
                        .isTrue();
            }
        }
    }

    @Test
    void any_subject_comes_back_as_it_went_in() throws Exception {
        for (int number = 0; number < CASES; number++) {
            String subject = any.text(12);

            String field = Header.text("Subject", subject).field();

            isFolded(field, number);
            assertThat(MimeUtility.decodeText(unfolded(field))).as(why(number)).isEqualTo(line(subject));
        }
    }

    @Test
    void any_name_of_a_mailbox_comes_back_as_it_went_in() throws Exception {
        for (int number = 0; number < CASES; number++) {
            String name = OneLine.of(any.text(8));

            String field =
                    Header.mailbox("To", new Mailbox(name, "ada@example.org")).field();

            isFolded(field, number);
            InternetAddress[] read = InternetAddress.parseHeader(unfolded(field), true);
            assertThat(read).as(why(number)).hasSize(1);
            assertThat(read[0].getAddress()).as(why(number)).isEqualTo("ada@example.org");
            assertThat(read[0].getPersonal() == null ? "" : read[0].getPersonal())
                    .as(why(number))
                    .isEqualTo(line(name));
        }
    }

    private void isFolded(String field, int number) {
        assertThat(field).as(why(number)).endsWith("\r\n");
        String[] lines = field.substring(0, field.length() - 2).split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assertThat(lines[i].length()).as("%s: %s", why(number), lines[i]).isLessThanOrEqualTo(78);
            assertThat(i == 0 || lines[i].startsWith(" ")).as(why(number)).isTrue();
            assertThat(lines[i].isBlank())
                    .as("%s: a line of blanks", why(number))
                    .isFalse();
            assertThat(lines[i].chars().allMatch(c -> c >= 0x20 && c < 0x7f))
                    .as(why(number))
                    .isTrue();
        }
    }

    /** RFC 5322 §2.2.3. By hand, since Jakarta Mail takes a backslash before a line break for an escape. */
    private static String unfolded(String field) {
        return field.substring(field.indexOf(':') + 1)
                .replaceAll("\r\n(?=[ \t])", "")
                .strip();
    }

    /** What a header field can hold of a text: one line, runs of blanks as one. */
    private static String line(String text) {
        return OneLine.of(text).replaceAll(" {2,}", " ");
    }

    private String why(int number) {
        return "case " + number + " of seed " + any.seed();
    }

    /** A text with up to four holes anywhere, those at a line's start and side by side included. */
    private Holed holed() {
        StringBuilder text = new StringBuilder(any.text(15));
        for (int left = any.random().nextInt(5); left > 0; left--) {
            text.append(MARKS.get(any.random().nextInt(MARKS.size()))).append(any.text(10));
        }
        return Holed.cut(text.toString(), MARKS);
    }

    private static List<String> parts(OutgoingMessage message) throws MessagingException, IOException {
        MimeMessage read = new MimeMessage(null, new ByteArrayInputStream(message.bytes()));
        MimeMultipart both = (MimeMultipart) read.getContent();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < both.getCount(); i++) {
            byte[] decoded = both.getBodyPart(i).getInputStream().readAllBytes();
            parts.add(new String(decoded, StandardCharsets.UTF_8).replace("\r\n", "\n"));
        }
        return parts;
    }

    private static Letter letter(String name) {
        return new Letter(
                "bounce@news.example.org",
                new Mailbox("Example News", "news@news.example.org"),
                new Mailbox(name, "ada@example.org"),
                null,
                "<abc.def@news.example.org>",
                DATE,
                List.of());
    }
}
