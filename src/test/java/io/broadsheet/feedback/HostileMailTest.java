package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.broadsheet.mail.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mails that were made to break or to stall who reads them. */
class HostileMailTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void parts_within_parts_are_followed_a_few_levels_deep() {
        StringBuilder mail = new StringBuilder("Subject: a bomb\n");
        for (int depth = 0; depth < 20_000; depth++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(depth)
                    .append("\n\n--b")
                    .append(depth)
                    .append('\n');
        }

        assertThat(read(mail.toString()).what()).isEqualTo(Reading.What.UNPARSED);
    }

    @Test
    void mails_within_mails_are_followed_a_few_levels_deep() {
        String mail = "Content-Type: message/rfc822\n\n".repeat(30_000);

        assertThat(read(mail).what()).isEqualTo(Reading.What.UNPARSED);
    }

    @Test
    void a_hundred_thousand_parts_are_not_all_looked_at() {
        String mail = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(100_000);

        Part whole = Part.of(mail.getBytes(StandardCharsets.US_ASCII));

        assertThat(whole.all()).hasSizeLessThan(40);
        assertThat(read(mail).what()).isEqualTo(Reading.What.UNPARSED);
    }

    @Test
    void a_flood_of_header_fields_is_cut() {
        String mail = "X-Flood: water\n".repeat(60_000) + "\n";

        assertThat(Part.of(mail.getBytes(StandardCharsets.US_ASCII)).fields().fields())
                .hasSizeLessThanOrEqualTo(300);
        assertThat(read(mail).what()).isEqualTo(Reading.What.UNPARSED);
    }

    @Test
    void one_endless_line_folded_or_not_takes_no_time() {
        for (String start : List.of(
                "Subject: ", "To: ", "Content-Type: multipart/report; boundary=", "From: MAILER-DAEMON ", "\n")) {
            for (String fill : List.of(
                    "a", "a@", "<", "5", "4.4.", " ", "=?utf-8?q?", "a.", "+a", "\n ", "550 ", "user ", "\\x{E4}")) {
                read(start + fill.repeat(900_000 / fill.length()));
                read("From: MAILER-DAEMON\nSubject: failure notice\n\n" + start + fill.repeat(400_000 / fill.length()));
            }
        }
    }

    @Test
    void ten_megabytes_are_read_up_to_the_first() {
        byte[] big = new byte[10 * 1024 * 1024];

        MailBack mail = new MailBack(big, null, "listener");

        assertThat(mail.message()).hasSize(MailBack.BYTES_MAX);
        assertThat(assertTimeout(SOON, () -> ReadMail.read(mail)).what()).isEqualTo(Reading.What.UNPARSED);
    }

    @Test
    void a_report_of_a_hundred_thousand_recipients_is_cut() {
        String mail = "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
                + "Final-Recipient: rfc822; x@example.net\nAction: delivered\n\n".repeat(15_000);

        assertThat(read(mail).what()).isEqualTo(Reading.What.ANSWER);
    }

    @Test
    void what_it_says_reaches_us_in_one_short_line_without_controls() {
        Reading reading = read(Mailroom.bounce(
                "a@example.org", "5.1.1", "550 \u001b[2Jgone\u0000\u202e " + "x".repeat(5_000) + "\n more\tof it"));

        assertThat(reading.diagnostic()).hasSizeLessThanOrEqualTo(201);
        assertThat(reading.diagnostic().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void no_bytes_break_the_reading() throws Exception {
        Random random = new Random(4);
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/feedback"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                byte[] whole = Files.readAllBytes(file);
                for (int round = 0; round < 40; round++) {
                    byte[] bytes = whole.clone();
                    for (int hit = 0; hit < 1 + random.nextInt(20); hit++) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                    Reading reading = ReadMail.read(new MailBack(bytes, null, "listener"));
                    assertThat(Severity.of(reading.status(), reading.diagnostic()))
                            .isNotNull();
                }
            }
        }
    }

    private static Reading read(String mail) {
        Supplier<Reading> reading = () -> ReadMail.read(
                new MailBack(mail.getBytes(StandardCharsets.UTF_8), "bounces@bounce.example.org", "listener"));
        return assertTimeout(SOON, reading::get);
    }
}
