package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.json.Json;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each file in {@code feedback/} is a mail as mail servers and people write them, and beside it stands what must be read in it. */
class MailCorpusTest {
    private static final Path FOLDER = Path.of("src/test/resources/feedback");

    /** @param token whether the mail proves that it is about the reader */
    private record Expected(
            String what,
            @Nullable String address,
            @Nullable String status,
            @Nullable String severity,
            boolean token) {}

    @TestFactory
    Stream<DynamicTest> a_mail_is_read_as_it_stands_beside_it() throws IOException {
        List<Path> mails = mails();
        assertThat(mails).hasSizeGreaterThan(40);
        return mails.stream().map(mail -> DynamicTest.dynamicTest(name(mail), () -> check(mail)));
    }

    private static void check(Path file) throws IOException {
        Expected expected = Json.read(Files.readString(FOLDER.resolve(name(file) + ".expected.json")), Expected.class);

        Reading reading = ReadMail.read(mail(file));

        boolean bounce = reading.what() == Reading.What.BOUNCE;
        assertThat(new Expected(
                        reading.what().word(),
                        reading.address(),
                        reading.status(),
                        bounce
                                ? Severity.of(reading.status(), reading.diagnostic())
                                        .word()
                                : null,
                        isProved(reading)))
                .as(reading.diagnostic())
                .isEqualTo(expected);
    }

    private static boolean isProved(Reading reading) {
        boolean byMessageId =
                Mailroom.MESSAGE_IDS.of(Mailroom.FIRST, Mailroom.ADA).equals(reading.messageId());
        return byMessageId
                || reading.allPlaces().stream()
                        .anyMatch(place -> Mailroom.PATHS.read(place).isPresent()
                                || Stream.of(place.split("/u/|[+\\s@>]"))
                                        .anyMatch(word ->
                                                Mailroom.TOKENS.leaving(word).isPresent()));
    }

    @Test
    void whatever_of_it_arrives_only_what_proves_itself_has_consequences() throws IOException {
        try (TestDatabase test = TestDatabase.sqlite()) {
            Mailroom room = new Mailroom(test);
            for (Path file : mails()) {
                Expected expected =
                        Json.read(Files.readString(FOLDER.resolve(name(file) + ".expected.json")), Expected.class);

                Outcome outcome = room.takeFeedback.take(mail(file));
                Outcome again = room.takeFeedback.take(mail(file));

                assertThat(outcome).as(name(file)).isEqualTo(followed(name(file), expected));
                assertThat(again).as(name(file)).isEqualTo(outcome == Outcome.IGNORED ? outcome : Outcome.REPEATED);
                assertThat(room.isSuppressed("ada@example.net"))
                        .as(name(file))
                        .isEqualTo(outcome == Outcome.SUPPRESSED);
                room.forget();
            }
        }
    }

    private static Outcome followed(String name, Expected expected) {
        if (expected.what().equals("answer")) {
            return Outcome.IGNORED;
        }
        if (name.equals("unsubscribe-empty")) {
            return Outcome.UNSUBSCRIBED;
        }
        if (!expected.token() || expected.what().equals("unparsed")) {
            return Outcome.UNPARSED;
        }
        return switch (expected.what()) {
            case "complaint" -> Outcome.SUPPRESSED;
            case "unsubscribe" -> Outcome.UNSUBSCRIBED;
            default -> "hard".equals(expected.severity()) ? Outcome.SUPPRESSED : Outcome.NOTED;
        };
    }

    private static List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    private static MailBack mail(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return new MailBack(Mailroom.marked(text).getBytes(StandardCharsets.ISO_8859_1), null, "mailbox");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.eml$", "");
    }
}
