package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.html.Sanitizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesBesideTest {
    private static final String BASE = "https://news.example.org/feeds/media";
    private static final byte[] PNG = png("one");
    private static final byte[] JPEG = "\u00ff\u00d8\u00ff\u00e0....\u00ff\u00d9".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path home;

    private Path in;
    private final Notes notes = new Notes();

    @BeforeEach
    void open() throws IOException {
        in = Files.createDirectories(home.resolve("in"));
    }

    @Test
    void a_picture_of_the_same_name_is_published_and_leads_the_story() throws IOException {
        write("bridge.txt", "Harbour bridge reopens\n\nIt is open to all traffic.\n");
        Files.write(in.resolve("bridge.png"), PNG);
        Files.write(in.resolve("other.png"), PNG);

        Entry entry = read().get(0);

        String url = BASE + "/" + Sha256.hex(PNG) + ".png";
        assertThat(entry.enclosures()).containsExactly(new Enclosure(url, "image/png", (long) PNG.length));
        assertThat(entry.content())
                .startsWith("<p><img src=\"" + url + "\" alt=\"\"></p>")
                .contains("It is open");
        assertThat(new Sanitizer().sanitise(String.valueOf(entry.content()), null))
                .isEqualTo(entry.content());
        assertThat(published()).containsExactly(Sha256.hex(PNG) + ".png");
        assertThat(Files.readAllBytes(
                        home.resolve("feeds/media").resolve(published().get(0))))
                .isEqualTo(PNG);
    }

    @Test
    void pictures_that_markdown_and_html_name_stand_where_they_were_named() throws IOException {
        write("a.md", "# Ferry\n\nNew times.\n\n![The ferry](Fähre%201.jpg)\n\nMore ![](./two.png \"Two\").\n");
        write(
                "b.html",
                "<html><body><h1>Quay</h1><p>The quay is third in the row, and it is told at some length here."
                        + "</p><p><img alt=x src='two.png'></p><p>More is told of it below its picture, as is usual.</p></body></html>");
        Files.write(in.resolve("Fähre 1.jpg"), JPEG);
        Files.write(in.resolve("two.png"), PNG);

        List<Entry> entries = read();

        String jpeg = BASE + "/" + Sha256.hex(JPEG) + ".jpg";
        String png = BASE + "/" + Sha256.hex(PNG) + ".png";
        assertThat(entries.get(0).enclosures()).extracting(Enclosure::url).containsExactly(jpeg, png);
        assertThat(entries.get(0).content()).contains("<img src=\"" + jpeg + "\" alt=\"The ferry\">", png);
        assertThat(entries.get(1).enclosures()).extracting(Enclosure::url).containsExactly(png);
        assertThat(entries.get(1).content()).contains(png);
    }

    @Test
    void names_with_blanks_brackets_and_quotes_or_of_any_script_are_found_however_they_are_written()
            throws IOException {
        String composed = "\u00dcberfahrt.png";
        String decomposed = "U\u0308berfahrt.png";
        List<String> names =
                List.of("my photo.png", "photo (1).png", "it's.png", "渡し船 写真.png", "паром.png", decomposed);
        for (String name : names) {
            Files.write(in.resolve(name), png(name));
        }
        write(
                "a.md",
                "# Ferry\n\n![](<my photo.png>) ![](my%20photo.png)\n\n![a](<photo (1).png> \"One\")\n\n![](it's.png)\n\n"
                        + "![](<渡し船 写真.png>)\n\n![p](паром.png)\n\n![](" + composed + ")\n\nText.\n");
        write(
                "b.html",
                "<html><body><h1>Quay</h1><p>The quay is third in the row, and it is told at some length here.</p>"
                        + "<p><img src=\"my photo.png\"></p><p><img alt='>' src=\"photo%20(1).png\"></p><p><img src=\"it&#39;s.png\"></p>"
                        + "<p><img src=\"%E6%B8%A1%E3%81%97%E8%88%B9%20%E5%86%99%E7%9C%9F.png\"></p><p><img src='./паром.png'></p>"
                        + "<p><img src=" + composed
                        + "></p><p>More is told of it below its pictures, as is usual.</p></body></html>");

        List<Entry> entries = read();

        List<String> urls = names.stream()
                .map(name -> BASE + "/" + Sha256.hex(png(name)) + ".png")
                .toList();
        for (Entry entry : entries) {
            assertThat(entry.enclosures())
                    .extracting(Enclosure::url)
                    .as(entry.title())
                    .containsExactlyElementsOf(urls);
            assertThat(entry.content()).contains(urls).doesNotContain("photo", "![");
        }
        assertThat(notes.sentences()).isEmpty();
    }

    @Test
    void a_picture_in_code_is_text_and_one_that_is_not_there_is_noted() throws IOException {
        Files.write(in.resolve("two.png"), PNG);
        write(
                "a.md",
                "# Ferry\n\nWrite `![](two.png)`.\n\n    <img src=\"two.png\">\n\n![](three.png)\n\n![](https://x.example/y.png)\n");

        Entry entry = read().get(0);

        assertThat(entry.content()).contains("<code>![](two.png)</code>", "src=\"two.png\"");
        assertThat(entry.enclosures()).isEmpty();
        assertThat(published()).isEmpty();
        assertThat(notes.sentences())
                .containsExactly("a.md: shows the picture three.png, which does not lie beside it; put it there");
    }

    @Test
    void the_picture_of_the_texts_own_name_is_the_first_of_its_files() throws IOException {
        write("U\u0308bersicht.md", "# Ferry\n\n![](two.png)\n");
        Files.write(in.resolve("two.png"), PNG);
        Files.write(in.resolve("\u00dcbersicht.jpg"), JPEG);

        Entry entry = read().get(0);

        assertThat(entry.enclosures()).extracting(Enclosure::type).containsExactly("image/jpeg", "image/png");
    }

    @Test
    void nothing_outside_the_texts_own_folder_is_published() throws IOException {
        Files.write(home.resolve("secret.png"), PNG);
        Files.createDirectories(in.resolve("sub"));
        Files.write(in.resolve("sub/inner.png"), PNG);
        Files.createSymbolicLink(in.resolve("link.png"), home.resolve("secret.png"));
        Files.createSymbolicLink(in.resolve("a.png"), home.resolve("secret.png"));
        write(
                "a.md",
                "# Ferry\n\n![](../secret.png) ![](/etc/x.png) ![](link.png) ![](sub/inner.png) ![](..%2Fsecret.png) "
                        + "![](" + home.resolve("secret.png")
                        + ") ![](%ZZ.png) <img src=\"file:///secret.png\"> Text.\n");

        Entry entry = read().get(0);

        assertThat(entry.enclosures()).isEmpty();
        assertThat(published()).isEmpty();
        assertThat(entry.content()).doesNotContain("media");
    }

    @Test
    void what_is_no_picture_or_is_cut_off_or_too_large_is_left_out_and_noted() throws IOException {
        write("a.txt", "Ferry\n\nNew times.\n");
        write("a.png", "<svg onload='x()'/>");
        Files.write(in.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3});
        Files.write(in.resolve("a.gif"), new byte[10 * 1024 * 1024 + 1]);
        write("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");

        Entry entry = read().get(0);

        assertThat(entry.enclosures()).isEmpty();
        assertThat(published()).isEmpty();
        assertThat(String.join("\n", notes.sentences()))
                .contains("a.png: is no JPEG", "a.gif: is no JPEG", "a.jpg: is a picture without its end")
                .doesNotContain("svg");
    }

    @Test
    void a_picture_called_wrongly_is_published_as_what_it_is() throws IOException {
        write("a.txt", "Ferry\n\nNew times.\n");
        Files.write(in.resolve("a.JPG"), PNG);

        assertThat(read().get(0).enclosures()).extracting(Enclosure::type).containsExactly("image/png");
    }

    @Test
    void what_a_killed_process_left_is_swept_and_a_damaged_copy_is_mended() throws IOException {
        Path folder = Files.createDirectories(home.resolve("feeds/media"));
        Path left = Files.writeString(folder.resolve(".left.tmp"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Path young = Files.writeString(folder.resolve(".young.tmp"), "half");
        Files.write(folder.resolve(Sha256.hex(PNG) + ".png"), new byte[3]);
        write("a.txt", "Ferry\n\nNew times.\n");
        Files.write(in.resolve("a.png"), PNG);

        read();

        assertThat(left).doesNotExist();
        assertThat(young).exists();
        assertThat(Files.readAllBytes(folder.resolve(Sha256.hex(PNG) + ".png"))).isEqualTo(PNG);
    }

    private List<Entry> read() {
        FolderReader folder =
                new FolderReader(home, new MediaFiles(home.resolve("feeds/media"), BASE, Clock.systemUTC()));
        List<FolderReader.Found> all = folder.list("in");
        List<Entry> entries = new ArrayList<>();
        for (FolderReader.Found found : all) {
            if (!PicturesBeside.isPicture(found.name())) {
                FolderReader.Read read = folder.read(found, new FolderPictures(all), ZoneOffset.UTC);
                entries.addAll(read.entries());
                read.notes().forEach(notes::add);
            }
        }
        return entries;
    }

    private List<String> published() throws IOException {
        if (!Files.exists(home.resolve("feeds/media"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.resolve("feeds/media"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(in.resolve(name), text);
    }

    private static byte[] png(String inside) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes((inside + "....IEND....").getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }
}
