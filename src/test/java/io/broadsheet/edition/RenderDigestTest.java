package io.broadsheet.edition;

import static io.broadsheet.edition.SampleDigest.BERLIN;
import static io.broadsheet.edition.SampleDigest.NAMES;
import static io.broadsheet.edition.SampleDigest.personal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.Mailbox;
import io.broadsheet.mail.MailingList;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.template.Templates;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderDigestTest {
    private static final String SUBJECT = "$newsletter.title: $edition.articles.size() new";
    private static final String HTML =
            "<p title=\"$reader.name\">Dear $!reader.name,</p>\n$reader.name\n${reader.email}$links.unsubscribe\n#foreach($a in $edition.articles)<b>$a.title</b>\n#end$reader.name";
    private static final String TEXT =
            "$reader.name\n\nDear $reader.name,  \n#foreach($a in $edition.articles)$a.title\n#end$reader.name$links.unsubscribe";

    @TempDir
    Path home;

    @Test
    void the_shipped_digest_is_rendered_once_for_all() throws Exception {
        RenderedVariant variant = render("digest", SUBJECT, SampleDigest.all());

        assertThat(variant.perRecipient()).isFalse();
        RenderedMail mail = variant.forReader(personal("Ada"));
        assertThat(mail.subject()).isEqualTo("Example News: 7 new");
        assertThat(mail.html())
                .contains(
                        "href=\"https://news.example.org/u/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4?a=1&amp;b=2\"")
                .contains("dir=\"rtl\"")
                .contains("&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(mail.text()).contains("\nhttps://news.example.org/u/Zm9v").contains(SampleDigest.JAPANESE.title());
        Path looks = Files.createDirectories(Path.of("target/looks"));
        Files.writeString(looks.resolve("mail-digest.html"), mail.html());
        Files.writeString(looks.resolve("mail-digest.txt"), mail.text());
    }

    @Test
    void the_shipped_digest_stays_small_and_has_what_every_mail_must() {
        ArticleView[] fifty = new ArticleView[50];
        java.util.Arrays.fill(fifty, SampleDigest.LATIN);
        RenderedMail mail =
                render("digest", SUBJECT, SampleDigest.content(fifty)).forReader(personal("Ada"));

        assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
        assertThat(mail.html())
                .contains("1 Example Street")
                .contains("<title>Example News</title>")
                .doesNotContain("View in browser");
        assertThat(mail.text()).contains("1 Example Street").contains("Unsubscribe:");
        assertThat(mail.text().lines()).allMatch(line -> line.length() <= 72 || line.startsWith("https://"));
    }

    @Test
    void what_is_spliced_is_what_would_be_rendered() throws Exception {
        write("spliced", HTML, TEXT);
        // The same words behind a question that is always answered yes: rendered for each.
        write("asked", HTML + "#if($reader.email)#end", TEXT + "#if($reader.email)#end");
        String subject = "For $reader.name: $newsletter.title";
        for (DigestContent content : contents()) {
            RenderedVariant spliced = render("spliced", subject, content);
            RenderedVariant asked = render("asked", subject, content);
            assertThat(spliced.perRecipient()).isFalse();
            assertThat(asked.perRecipient()).isTrue();
            for (String name : NAMES) {
                RenderedMail expected = asked.forReader(personal(name));
                assertThat(spliced.forReader(personal(name))).isEqualTo(expected);
                Read fromSpliced = read(spliced.message(letter(), personal(name)));
                Read fromAsked = read(asked.message(letter(), personal(name)));
                assertThat(fromSpliced).isEqualTo(fromAsked);
                assertThat(fromSpliced.html()).isEqualTo(expected.html());
                assertThat(fromSpliced.text()).isEqualTo(expected.text());
                assertThat(fromSpliced.subject()).isEqualTo(expected.subject().replaceAll(" {2,}", " "));
            }
        }
    }

    @Test
    void every_line_is_short_and_none_begins_with_a_dot() throws Exception {
        write("spliced", HTML, TEXT);
        for (DigestContent content : contents()) {
            RenderedVariant variant = render("spliced", "$reader.name", content);
            for (String name : NAMES) {
                String message =
                        new String(variant.message(letter(), personal(name)).bytes(), StandardCharsets.ISO_8859_1);
                assertThat(message.replace("\r\n", "")).doesNotContain("\r", "\n");
                assertThat(message.chars()).allMatch(c -> c < 0x80);
                assertThat(message.split("\r\n", -1)).allSatisfy(line -> {
                    assertThat(line.length()).isLessThanOrEqualTo(line.startsWith("List-Unsubscribe: ") ? 998 : 78);
                    assertThat(line).doesNotStartWith(".").doesNotStartWith("From ");
                });
            }
        }
    }

    @Test
    void a_personal_value_that_is_asked_for_is_answered_for_each() throws Exception {
        write("asks", "#if($reader.name == '')Hello#{else}Dear $reader.name#end", "$reader.name");
        RenderedVariant variant = render("asks", SUBJECT, SampleDigest.all());

        assertThat(variant.forReader(personal("")).html()).isEqualTo("Hello");
        assertThat(variant.forReader(personal("Ada")).html()).isEqualTo("Dear Ada");
    }

    @Test
    void a_header_can_not_be_put_in_by_a_name_or_a_subject() throws Exception {
        write("spliced", HTML, TEXT);
        RenderedVariant variant = render("spliced", "$reader.name\r\nBcc: eve@example.net", SampleDigest.all());
        MimeMessage message = parse(variant.message(letter(), personal("x\r\nBcc: eve@example.net\r\n\r\nbody")));

        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getSubject()).startsWith("x Bcc: eve@example.net");
    }

    @Test
    void a_faulty_template_is_told_before_it_is_sent() throws Exception {
        write("faulty", "line\n$article.title\n#if($nosuch)#end", "fine $edition.articles.get(0).author");
        CheckTemplate check = new CheckTemplate(new Templates(home));

        assertThat(check.template("faulty"))
                .containsExactly(
                        "templates/mail/faulty/html.vm:2: unknown name '$article'; there are $edition, $links, $newsletter, $reader, $site",
                        "templates/mail/faulty/html.vm:3: unknown name '$nosuch'; there are $edition, $links, $newsletter, $reader, $site",
                        "templates/mail/faulty/text.vm:1: $edition.articles.get(0).author has no value here; write '$!' for nothing in its place, or ask with #if first");
        assertThat(check.subject("$newslettre.title"))
                .containsExactly("subject:1: unknown name '$newslettre'; did you mean '$newsletter'?");
        assertThat(check.template("digest")).isEmpty();
        assertThat(check.subject(SUBJECT)).isEmpty();
        assertThat(check.template("digets")).hasSize(2).allMatch(line -> line.contains("no such template"));
        assertThatThrownBy(() -> render("faulty", SUBJECT, SampleDigest.all()).forReader(personal("Ada")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("templates/mail/faulty/html.vm:2: unknown name '$article'");
    }

    @Test
    void the_confirmation_asks_and_tells_how_to_ignore_it() throws Exception {
        RenderedMail mail = new RenderConfirmation(new Templates(home))
                .render(
                        new ConfirmView(
                                SampleDigest.SITE,
                                SampleDigest.NEWSLETTER,
                                personal("Ada").reader(),
                                "https://news.example.org/confirm/abc",
                                SampleDigest.SLOT),
                        BERLIN);

        assertThat(mail.subject()).isEqualTo("Confirm your subscription to Example News");
        assertThat(mail.html())
                .contains("href=\"https://news.example.org/confirm/abc\"")
                .contains("do nothing");
        assertThat(mail.text())
                .contains("\nhttps://news.example.org/confirm/abc\n")
                .contains("9 March 2026");
        Files.writeString(Files.createDirectories(Path.of("target/looks")).resolve("mail-confirm.html"), mail.html());
        Files.writeString(Path.of("target/looks/mail-confirm.txt"), mail.text());
    }

    private static List<DigestContent> contents() {
        return List.of(
                SampleDigest.all(),
                SampleDigest.content(SampleDigest.LATIN),
                SampleDigest.content(SampleDigest.CYRILLIC),
                SampleDigest.content(SampleDigest.JAPANESE),
                SampleDigest.content(SampleDigest.ARABIC),
                SampleDigest.content(SampleDigest.EMOJI, SampleDigest.HOSTILE));
    }

    private RenderedVariant render(String template, String subject, DigestContent content) {
        return new RenderDigest(new Templates(home)).render(content, template, subject, BERLIN);
    }

    private void write(String template, String html, String text) throws IOException {
        Path folder = Files.createDirectories(home.resolve("mail").resolve(template));
        Files.writeString(folder.resolve("html.vm"), html);
        Files.writeString(folder.resolve("text.vm"), text);
    }

    private static Letter letter() {
        return new Letter(
                "bounce@news.example.org",
                Mailbox.parse("Example Newsroom <news@news.example.org>"),
                Mailbox.ofAddress("ada@example.net"),
                null,
                "<abc@news.example.org>",
                ZonedDateTime.ofInstant(SampleDigest.SLOT, BERLIN.zone()),
                new MailingList("news.news.example.org", "Example News", null, null, null)
                        .headers("https://news.example.org/u/" + "t".repeat(60), null));
    }

    private record Read(String subject, String html, String text) {}

    private static Read read(OutgoingMessage message) throws MessagingException, IOException {
        MimeMessage parsed = parse(message);
        MimeMultipart parts = (MimeMultipart) parsed.getContent();
        return new Read(parsed.getSubject(), text(parts.getBodyPart(1)), text(parts.getBodyPart(0)));
    }

    private static String text(BodyPart part) throws MessagingException, IOException {
        return part.getContent().toString().replace("\r\n", "\n");
    }

    private static MimeMessage parse(OutgoingMessage message) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.bytes()));
    }
}
