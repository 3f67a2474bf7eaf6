package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MailReleaseTest {
    private static final String HEADER = """
            From: "Port Press Office" <press@example.org>
            To: editors@example.net
            Subject: Harbour bridge reopens
            Date: Fri, 21 Nov 2025 10:00:00 -0500 (EST)
            Message-ID: <b1.2025@mail.example.org>
            MIME-Version: 1.0
            """;
    private static final String BOTH = HEADER + """
            Content-Type: multipart/mixed; boundary="m"

            This is a message in MIME format.
            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            Harbour bridge reopens

            The bridge is open, in plain words.
            --a
            Content-Type: text/html; charset="iso-8859-1"
            Content-Transfer-Encoding: quoted-printable

            <html><head><style>p{}</style></head><body><h1>Harbour bridge reopens</h1>
            <div style=3D"display:none">Preview text</div>
            <p onclick=3D"x()">The bridge is open, in a caf=E9 too.<script>alert(1)</script></p>
            <img src=3D"cid:logo"><img src=3D"https://t.example.org/p.gif" width=3D"1" height=3D"1">
            <a href=3D"javascript:x()">more</a></body></html>
            --a--
            --m
            Content-Type: application/x-msdownload; name=run.exe
            Content-Disposition: attachment; filename=run.exe
            Content-Transfer-Encoding: base64

            TVqQAAMAAAAEAAAA
            --m--
            """;

    @TempDir
    private Path home;

    @Test
    void subject_name_date_and_html_become_an_entry_without_anything_that_runs_or_spies() {
        Inspected read = read(BOTH);

        Entry entry = read.entries().get(0);
        assertThat(entry.id()).isEqualTo("b1.2025@mail.example.org");
        assertThat(entry.title()).isEqualTo("Harbour bridge reopens");
        assertThat(entry.author()).isEqualTo("Port Press Office");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T15:00:00Z"));
        assertThat(entry.content())
                .contains("The bridge is open, in a café too.")
                .doesNotContain("script", "onclick", "<img", "cid:", "Preview", "<h1>", "plain words");
        assertThat(read.notes()).contains("1 attachment was left out");
    }

    @Test
    void a_plain_mail_is_read_as_a_text_release_and_its_signature_goes() {
        Entry entry = entry(HEADER + """
                Content-Type: text/plain; charset=utf-8; format=flowed

                FOR IMMEDIATE RELEASE

                HAMPTON, Va. -- The bridge is open to all traffic again after four months.

                Two more are to follow.

                --\u0020
                Port Press Office
                press@example.org
                """);

        assertThat(entry.title()).isEqualTo("Harbour bridge reopens");
        assertThat(entry.dateline()).isEqualTo("HAMPTON, Va.");
        assertThat(entry.content()).contains("Two more").doesNotContain("press@", "IMMEDIATE");
    }

    @Test
    void no_address_becomes_a_byline() {
        assertThat(author("press@example.org")).isNull();
        assertThat(author("<press@example.org>")).isNull();
        assertThat(author("\"press@example.org\" <press@example.org>")).isNull();
        assertThat(author("press@example.org (Port Press Office)")).isEqualTo("Port Press Office");
        assertThat(author("=?UTF-8?Q?J=C3=BCrgen_Beispiel?= <j@example.org>")).isEqualTo("Jürgen Beispiel");
        assertThat(author("\"Beispiel, Ada\" <a@example.org>")).isEqualTo("Beispiel, Ada");
    }

    @Test
    void words_in_any_script_and_encoding_are_read() {
        Charset koi8 = Charset.forName("KOI8-R");
        String body = Base64.getMimeEncoder().encodeToString("Мост снова открыт для движения.".getBytes(koi8));
        String subject = Base64.getEncoder().encodeToString("Мост открыт".getBytes(koi8));
        Entry entry = entry(
                "From: =?koi8-r?B?" + Base64.getEncoder().encodeToString("Порт".getBytes(koi8)) + "?= <p@example.org>\n"
                        + "Subject: =?koi8-r?B?" + subject + "?=\nContent-Type: text/plain; charset=koi8-r\n"
                        + "Content-Transfer-Encoding: base64\n\n" + body + "\n");

        assertThat(entry.title()).isEqualTo("Мост открыт");
        assertThat(entry.author()).isEqualTo("Порт");
        assertThat(entry.content()).contains("Мост снова открыт для движения.");

        Entry raw = entry("From: Bücher <p@example.org>\nSubject: Grüße aus dem Hafen\n\nDie Brücke ist offen.\n");
        assertThat(raw.title()).isEqualTo("Grüße aus dem Hafen");
        assertThat(raw.author()).isEqualTo("Bücher");
    }

    @Test
    void a_mail_passed_on_within_the_text_is_the_release() {
        Entry entry = entry("""
                From: Desk Clerk <clerk@example.net>
                Subject: Fwd: Harbour bridge reopens
                Date: Mon, 24 Nov 2025 10:00:00 +0000
                Content-Type: text/plain; charset=utf-8

                Please run this.

                ---------- Forwarded message ---------
                From: Порт <press@example.org>
                Date: Fri, 21 Nov 2025 10:00:00 +0000
                Subject: Harbour bridge reopens on Friday
                To: <editors@example.net>

                The bridge is open to all traffic again.
                """);

        assertThat(entry.title()).isEqualTo("Harbour bridge reopens on Friday");
        assertThat(entry.author()).isEqualTo("Порт");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T10:00:00Z"));
        assertThat(entry.content())
                .contains("open to all traffic")
                .doesNotContain("Please", "Forwarded", "example.org", "example.net");
    }

    @Test
    void a_mail_passed_on_within_html_is_the_release_whichever_program_passed_it_on() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("Gmail", """
                <div dir="ltr">Please run this.<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Port Press Office</strong> <span dir="auto">&lt;<a href="mailto:press@example.org">press@example.org</a>&gt;</span><br>Date: Fri, 21 Nov 2025 at 10:00 +0000<br>Subject: Harbour bridge reopens on Friday<br>To:  &lt;<a href="mailto:editors@example.net">editors@example.net</a>&gt;<br></div><br><br>STORY</div></div>""");
        forms.put("Thunderbird", """
                <p>Please run this.</p><div class="moz-forward-container"><br><br>-------- Forwarded Message --------
                <table class="moz-email-headers-table" cellspacing="0"><tbody><tr><th valign="baseline" align="RIGHT">Subject: </th><td>Harbour bridge reopens on Friday</td></tr><tr><th>Date: </th><td>Fri, 21 Nov 2025 10:00:00 +0000</td></tr><tr><th>From: </th><td>Port Press Office <a class="moz-txt-link-rfc2396E" href="mailto:press@example.org">&lt;press@example.org&gt;</a></td></tr><tr><th>To: </th><td>editors@example.net</td></tr></tbody></table><br><br>STORY</div>""");
        forms.put("Outlook", """
                <div class="WordSection1"><p class="MsoNormal">Please run this.<o:p></o:p></p><p class="MsoNormal">&nbsp;</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b><span>From:</span></b><span> Port Press Office &lt;press@example.org&gt; <br><b>Sent:</b> Friday, 21 November 2025 10:00<br><b>To:</b> editors@example.net; desk@example.net<br><b>Subject:</b> Harbour bridge reopens on Friday<o:p></o:p></span></p></div></div>STORY</div>""");
        forms.put("Outlook on the web", """
                <div>Please run this.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000"><b>Von:</b> Port Press Office &lt;press@example.org&gt;<br><b>Gesendet:</b> Freitag, 21. November 2025 10:00<br><b>An:</b> editors@example.net &lt;editors@example.net&gt;<br><b>Betreff:</b> Harbour bridge reopens on Friday</font><div>&nbsp;</div></div>STORY""");
        forms.put("Apple Mail", """
                <div>Please run this.<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br class="Apple-interchange-newline"><div style="margin:0"><span style="color:rgb(0,0,0)"><b>From: </b></span><span>Port Press Office &lt;<a href="mailto:press@example.org">press@example.org</a>&gt;<br></span></div><div><span><b>Subject: </b></span><span><b>Harbour bridge reopens on Friday</b><br></span></div><div><span><b>Date: </b></span><span>21 November 2025 at 10:00:00 GMT<br></span></div><div><span><b>To: </b></span><span>editors@example.net<br></span></div><br><div>STORY</div></blockquote></div></div>""");
        String story = "<p>Update: the <b>bridge</b> is open to all traffic.</p><p>Two more are to follow.</p>";

        forms.forEach((program, html) -> {
            Entry entry = entry("From: Desk Clerk <clerk@example.net>\nSubject: Fwd: Harbour bridge reopens\n"
                    + "Date: Mon, 24 Nov 2025 10:00:00 +0000\nContent-Type: text/html; charset=utf-8\n\n"
                    + html.replace("STORY", story) + "\n");

            assertThat(entry.title()).as(program).isEqualTo("Harbour bridge reopens on Friday");
            assertThat(entry.author()).as(program).isEqualTo("Port Press Office");
            assertThat(entry.published()).as(program).isEqualTo(Instant.parse("2025-11-21T10:00:00Z"));
            assertThat(entry.content())
                    .as(program)
                    .contains("Update: the <b>bridge</b> is open", "Two more are to follow.")
                    .doesNotContain(
                            "Please", "orwarded", "example.org", "example.net", "From", "Subject", "Betreff", "<hr");
        });
    }

    @Test
    void an_older_mail_below_html_is_left_out_and_a_memo_is_not_taken_for_one() {
        Inspected answer = read(
                HEADER + "Content-Type: text/html\n\n<p>The bridge is open.</p><hr><p><b>From:</b> A "
                        + "&lt;a@example.org&gt;<br><b>Sent:</b> Friday<br><b>To:</b> b@example.org<br><b>Subject:</b> x</p><p>SECRET</p>\n");
        Entry memo = entry(HEADER + "Content-Type: text/html\n\n<h2>Port authority</h2><p>From: The harbour master<br>"
                + "To: All ships<br>Date: Friday<br>Subject: Bridge</p><p>The bridge is open.</p>\n");

        assertThat(answer.entries().get(0).content())
                .contains("The bridge is open.")
                .doesNotContain("SECRET", "From:", "<hr");
        assertThat(answer.notes()).contains("an older mail below the text was left out");
        assertThat(memo.content()).contains("The harbour master", "The bridge is open.");
    }

    @Test
    void a_plain_header_without_a_mark_and_one_within_another_are_left_out_too() {
        Entry entry = entry("""
                From: Desk Clerk <clerk@example.net>
                Subject: FW: Harbour bridge reopens
                Content-Type: text/plain; charset=utf-8

                Please run this.

                ________________________________
                From: First Desk <first@example.net>
                Sent: Saturday, 22 November 2025 10:00
                To: Desk Clerk <clerk@example.net>; Second Desk <second@example.net>;
                third@example.net
                Subject: FW: Harbour bridge reopens on Friday

                For you.

                From: Port Press Office <press@example.org>
                Sent: Friday, 21 November 2025 10:00
                To: First Desk <first@example.net>
                Subject: Harbour bridge reopens on Friday

                The bridge is open to all traffic again.
                """);

        assertThat(entry.title()).isEqualTo("Harbour bridge reopens on Friday");
        assertThat(entry.author()).isEqualTo("Port Press Office");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T10:00:00Z"));
        assertThat(entry.content())
                .contains("open to all traffic")
                .doesNotContain("Please", "For you", "example", "____");
    }

    @Test
    void a_mail_passed_on_as_an_attachment_is_the_release() {
        Entry entry = entry("From: Desk Clerk <clerk@example.net>\nSubject: Fwd: bridge\n"
                + "Content-Type: multipart/mixed; boundary=f\n\n--f\nContent-Type: text/plain\n\n\n"
                + "--f\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n" + BOTH + "\n--f--\n");

        assertThat(entry.title()).isEqualTo("Harbour bridge reopens");
        assertThat(entry.author()).isEqualTo("Port Press Office");
        assertThat(entry.content()).contains("café");
    }

    @Test
    void an_older_mail_below_the_text_is_left_out() {
        Entry entry =
                entry(HEADER + "\nThe bridge is open.\n\n-----Original Message-----\nFrom: a@example.org\n\nSECRET\n");

        assertThat(entry.content()).contains("The bridge is open.").doesNotContain("SECRET");
    }

    @Test
    void what_is_no_release_is_passed_over_and_says_why() {
        assertThat(note("Hello\n\nno header\n")).contains("is no mail");
        assertThat(note(HEADER + "Content-Type: multipart/report; boundary=r\n\n--r\n\nfailed\n--r--\n"))
                .contains("a report on a delivery");
        assertThat(note(HEADER + "Content-Type: application/pkcs7-mime\n\nMIIB\n"))
                .contains("encrypted");
        assertThat(note(HEADER + "Content-Type: multipart/mixed\n\nno boundary\n"))
                .contains("no text");
        assertThat(note(HEADER + "Content-Type: application/pdf\nContent-Disposition: attachment\n\nJVBE\n"))
                .contains("no text");
    }

    @Test
    void no_damage_makes_it_fail() {
        byte[] whole = BOTH.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(7);
        for (int length = 1; length < whole.length; length += 9) {
            byte[] hurt = Arrays.copyOf(whole, length);
            hurt[random.nextInt(length)] = (byte) random.nextInt();
            Inspected read = new DocumentParser().parse(raw(hurt));
            assertThat(read.entries().isEmpty() && read.notes().isEmpty())
                    .as("neither told nor noted at %s", length)
                    .isFalse();
        }
    }

    @Test
    void nested_and_many_parts_are_looked_into_no_further_than_the_bounds() {
        StringBuilder deep = new StringBuilder(HEADER);
        for (int level = 0; level < 2_000; level++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(level)
                    .append("\n\n--b")
                    .append(level)
                    .append("\n");
        }
        assertThat(note(deep + "Content-Type: text/plain\n\nfar down\n")).contains("no text");

        String many = HEADER + "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: image/png\n\nx\n".repeat(100_000) + "--b\n\nlate\n--b--\n";
        assertThat(note(many)).contains("no text");
    }

    @Test
    @Timeout(20)
    void lines_and_siblings_by_the_hundred_thousand_cost_no_more_than_their_length() {
        String header = "<p>From: A &lt;a@example.org&gt;<br>Sent: Friday<br>To: b@example.org<br>Subject: FW: x</p>";
        String html = HEADER.replace("Subject: ", "Subject: Fwd: ") + "Content-Type: text/html\n\n";
        String plain = HEADER.replace("Subject: ", "Subject: Fwd: ") + "\n";

        assertThat(entry(html + "<p>x".repeat(9_000) + header + "<p>y".repeat(9_000) + "\n")
                        .content())
                .doesNotContain("example.org", "x");
        assertThat(entry(html + header.repeat(1_000) + "<p>The bridge is open.\n")
                        .content())
                .contains("The bridge is open.");
        assertThat(read(plain + "The bridge is open." + (" ".repeat(200_000) + "x\n").repeat(5))
                        .entries())
                .hasSize(1);
        assertThat(entry(plain + "From: a@b.example\nTo: c\n".repeat(40_000)).content())
                .contains("To: c");
    }

    @Test
    void a_folder_takes_mails_by_their_message_id_and_passes_over_those_too_large() throws IOException {
        Files.createDirectories(home.resolve("in"));
        Files.writeString(home.resolve("in/a.EML"), BOTH, StandardCharsets.ISO_8859_1);
        Files.writeString(home.resolve("in/b.eml"), HEADER + "\n" + "x".repeat(11 * 1024 * 1024));
        FolderReader folder = new FolderReader(
                home,
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", Clock.systemUTC()));
        Notes notes = new Notes();

        List<Entry> entries = folder.list("in").stream()
                .map(found -> folder.read(found, new FolderPictures(List.of()), ZoneOffset.UTC))
                .peek(read -> read.notes().forEach(notes::add))
                .flatMap(read -> read.entries().stream())
                .toList();

        assertThat(entries).extracting(Entry::id).containsExactly("b1.2025@mail.example.org");
        assertThat(notes.sentences()).anyMatch(note -> note.startsWith("b.eml: is over 10 MiB"));
    }

    private static String author(String from) {
        return entry("From: " + from + "\nSubject: Bridge\n\nThe bridge is open.\n")
                .author();
    }

    private static String note(String mail) {
        Inspected read = read(mail);
        assertThat(read.entries()).isEmpty();
        return String.join("; ", read.notes());
    }

    private static Entry entry(String mail) {
        Inspected read = read(mail);
        assertThat(read.entries()).as("%s", read.notes()).hasSize(1);
        return read.entries().get(0);
    }

    private static Inspected read(String mail) {
        return new DocumentParser().parse(raw(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static Raw raw(byte[] bytes) {
        return new Raw("in/release.eml", bytes, null, null, false, ZoneOffset.UTC);
    }
}
