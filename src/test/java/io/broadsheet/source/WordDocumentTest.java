package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.broadsheet.error.OutsideError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordDocumentTest {
    private static final byte[] PNG = picture("one");
    private static final byte[] TWO = picture("two");

    @TempDir
    private Path home;

    private final Notes notes = new Notes();

    private static final String NAMESPACES = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            + "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
            + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String STYLES = "<w:styles " + NAMESPACES + ">"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style></w:styles>";
    private static final String LINKS =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                    + "<Relationship Id=\"r1\" Target=\"https://news.example.org/plan\"/>"
                    + "<Relationship Id=\"p1\" Target=\"media/one.png\"/>"
                    + "<Relationship Id=\"p2\" Target=\"/word/media/two.png\"/>"
                    + "<Relationship Id=\"up\" Target=\"../../secret.png\"/>"
                    + "<Relationship Id=\"away\" TargetMode=\"External\" Target=\"https://t.example.org/t.png\"/>"
                    + "<Relationship Id=\"r2\" Target=\"javascript:alert(1)\"/></Relationships>";

    @Test
    void a_release_as_a_word_processor_writes_it_is_an_entry_with_all_its_fields() throws IOException {
        Inspected read = read(paragraph("Titel", run("Harbour bridge ", "") + run("reopens & stays", "<w:b/>"))
                + paragraph("", run("Published Nov. 21, 2025", ""))
                + paragraph("", run("By Ada Example", ""))
                + paragraph(
                        "",
                        run("The harbour bridge opened to all traffic on Friday morning after ", "")
                                + run("four months", "<w:b/>")
                                + run(" of repair, the port authority said in a statement to the city council.", ""))
                + paragraph("berschrift2", run("What comes next", ""))
                + paragraph(
                        "",
                        "<w:hyperlink r:id=\"r1\">" + run("The plan", "") + "</w:hyperlink>"
                                + "<w:hyperlink r:id=\"r2\">" + run(" in short", "") + "</w:hyperlink>"
                                + run(
                                        " names two further bridges, which are to be closed in the spring of next year.",
                                        ""))
                + item(run("North quay", ""))
                + item(run("South quay", "")));

        Entry entry = read.entries().get(0);
        assertThat(read.kind()).isEqualTo("document");
        assertThat(entry.title()).isEqualTo("Harbour bridge reopens & stays");
        assertThat(entry.author()).isEqualTo("Ada Example");
        assertThat(entry.published()).isEqualTo(Instant.parse("2025-11-21T00:00:00Z"));
        assertThat(entry.content())
                .contains("<strong>four months</strong>", "<h2>What comes next</h2>", "<li>North quay</li>")
                .contains("href=\"https://news.example.org/plan\"")
                .doesNotContain("javascript", "Published", "By Ada");
    }

    @Test
    void hidden_moved_and_twice_said_text_is_left_out() throws IOException {
        Inspected read = read(paragraph("Titel", run("Ferry", ""))
                + paragraph(
                        "",
                        run("The ferry runs at night from the first of May until the end of September.", "")
                                + run("SECRET", "<w:vanish/>")
                                + "<w:moveFrom>" + run("MOVED", "")
                                + "</w:moveFrom><w:del><w:r><w:delText>GONE</w:delText></w:r></w:del>"));

        assertThat(read.entries().get(0).content())
                .contains("end of September")
                .doesNotContain("SECRET", "MOVED", "GONE");
    }

    @Test
    void without_a_title_style_the_first_paragraph_is_the_headline() throws IOException {
        Inspected read = read(paragraph("", run("Ferry runs at night", ""))
                + paragraph("", run("The ferry runs at night from the first of May until the end of September.", "")));

        assertThat(read.entries().get(0).title()).isEqualTo("Ferry runs at night");
    }

    @Test
    void a_bomb_deep_nesting_an_entity_and_any_other_zip_are_refused_with_the_mend() throws IOException {
        String bomb =
                "<w:document " + NAMESPACES + "><w:body>" + " ".repeat(21 * 1024 * 1024) + "</w:body></w:document>";
        String deep = "<w:document " + NAMESPACES + ">" + "<w:x>".repeat(50_000) + "</w:document>";
        String entity = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document " + NAMESPACES
                + "><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>";

        assertThatThrownBy(() -> parse(zip(bomb)))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("20 MiB");
        assertThatThrownBy(() -> parse(zip(deep)))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> parse(zip(entity))).isInstanceOf(OutsideError.class);
        assertThatThrownBy(() -> parse(new byte[] {'P', 'K', 3, 4, 0, 0, 0}))
                .isInstanceOf(OutsideError.class)
                .hasMessageContaining("Word");
    }

    @Test
    void pictures_stand_below_the_paragraph_they_stand_in_with_their_words() throws IOException {
        Entry entry = folder(
                paragraph("", drawing("p2", "", ""))
                        + paragraph("", run("Ferry runs at night", ""))
                        + paragraph(
                                "",
                                run("The ferry runs at night from the first of May until the end of September.", "")
                                        + drawing("p1", "descr=\"The &quot;ferry&quot; at &lt;night&gt;\"", ""))
                        + paragraph(
                                "",
                                run("Tickets are sold on board, and at both of the quays, as they were before.", "")),
                PNG,
                TWO);

        String one = "<img src=\"https://news.example.org/feeds/media/" + Sha256.hex(PNG) + ".png\" alt=\"";
        String two = one.replace(Sha256.hex(PNG), Sha256.hex(TWO));
        assertThat(entry.title()).isEqualTo("Ferry runs at night");
        assertThat(entry.content())
                .startsWith("<p>" + two + "\"></p>")
                .containsSubsequence(
                        "end of September.</p>", one + "The &quot;ferry&quot; at &lt;night&gt;\">", "<p>Tickets");
        assertThat(entry.enclosures())
                .extracting(Enclosure::type, Enclosure::length)
                .containsExactly(tuple("image/png", (long) TWO.length), tuple("image/png", (long) PNG.length));
        assertThat(notes.sentences()).isEmpty();
    }

    @Test
    void pictures_that_were_cropped_deleted_or_hidden_or_lie_elsewhere_are_never_shown() throws IOException {
        Entry entry = folder(
                paragraph("Titel", run("Ferry", ""))
                        + paragraph(
                                "",
                                run("The ferry runs at night from the first of May until the end of September.", "")
                                        + drawing("p1", "", "<a:srcRect r=\"25000\"/>")
                                        + "<w:del>" + drawing("p1", "", "") + "</w:del>"
                                        + "<w:r><w:rPr><w:vanish/></w:rPr>"
                                        + drawing("p1", "", "").substring(5)
                                        + drawing("up", "", "") + drawing("away", "", "") + drawing("none", "", "")),
                PNG,
                TWO);

        assertThat(entry.content()).doesNotContain("img");
        assertThat(entry.enclosures()).isEmpty();
        assertThat(home.resolve("feeds/media")).doesNotExist();
        assertThat(notes.sentences())
                .containsExactly(
                        "a.docx: a picture is cropped, and would be shown whole; it was left out; delete its cropped areas in the word processor");
    }

    @Test
    void pictures_that_are_none_too_large_or_too_many_are_left_out_and_noted() throws IOException {
        byte[] bomb = new byte[30 * 1024 * 1024];
        System.arraycopy(PNG, 0, bomb, 0, PNG.length);
        Entry entry = folder(
                paragraph("Titel", run("Ferry", ""))
                        + paragraph(
                                "",
                                run("The ferry runs at night from the first of May until the end of September.", "")
                                        + drawing("p1", "", "")
                                        + drawing("p2", "", "")),
                bomb,
                "<svg onload='x()'/>".getBytes(StandardCharsets.UTF_8));

        assertThat(entry.content()).doesNotContain("img");
        assertThat(entry.enclosures()).isEmpty();
        assertThat(String.join("\n", notes.sentences()))
                .contains("word/media/one.png: is no JPEG", "word/media/two.png: is no JPEG");
    }

    /** @param one what {@code p1} shows; {@code two} is what {@code p2} does */
    private Entry folder(String body, byte[] one, byte[] two) throws IOException {
        Files.createDirectories(home.resolve("in"));
        Files.write(
                home.resolve("in/a.docx"),
                zip(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " + NAMESPACES + "><w:body>" + body
                                + "</w:body></w:document>",
                        one,
                        two));
        FolderReader folder = new FolderReader(
                home,
                new MediaFiles(home.resolve("feeds/media"), "https://news.example.org/feeds/media", Clock.systemUTC()));
        List<FolderReader.Found> all = folder.list("in");
        FolderReader.Read read = folder.read(all.get(0), new FolderPictures(all), ZoneOffset.UTC);
        read.notes().forEach(notes::add);
        return read.entries().get(0);
    }

    private static byte[] picture(String inside) {
        return ("\u0089PNG\r\n\u001a\n" + inside + "....IEND....").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String drawing(String id, String words, String cropped) {
        return "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"Picture 1\" " + words
                + "/><a:graphic><a:graphicData>"
                + "<pic:pic><pic:blipFill><a:blip r:embed=\"" + id + "\"/>" + cropped
                + "<a:stretch/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>";
    }

    private static Inspected read(String body) throws IOException {
        return parse(zip("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " + NAMESPACES + "><w:body>" + body
                + "</w:body></w:document>"));
    }

    private static Inspected parse(byte[] bytes) {
        return new DocumentParser().parse(new Raw("a.docx", bytes, null, null, false, ZoneOffset.UTC));
    }

    private static String paragraph(String style, String runs) {
        return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>" + runs + "</w:p>";
    }

    private static String item(String runs) {
        return "<w:p><w:pPr><w:numPr/></w:pPr>" + runs + "</w:p>";
    }

    private static String run(String text, String look) {
        return "<w:r><w:rPr>" + look + "</w:rPr><w:t xml:space=\"preserve\">" + text.replace("&", "&amp;")
                + "</w:t></w:r>";
    }

    private static byte[] zip(String document) throws IOException {
        return zip(document, PNG, TWO);
    }

    private static byte[] zip(String document, byte[] one, byte[] two) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String[] part : new String[][] {
                {"word/styles.xml", STYLES}, {"word/_rels/document.xml.rels", LINKS}, {"word/document.xml", document}
            }) {
                zip.putNextEntry(new ZipEntry(part[0]));
                zip.write(part[1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry("word/media/one.png"));
            zip.write(one);
            zip.putNextEntry(new ZipEntry("word/media/two.png"));
            zip.write(two);
        }
        return out.toByteArray();
    }
}
