package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.html.XmlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/** Lists of feeds as other programs write and read them (OPML 2.0). What is read is anybody's: no DTD, no entity, a bounded depth and number. */
public final class Opml {
    private static final int BYTES_MAX = 5 * 1024 * 1024;
    private static final int FEEDS_MAX = 10_000;
    private static final int TAGS_MAX = 20;

    private Opml() {}

    /**
     * One feed of a list.
     *
     * @param title empty when it has none
     * @param tags the folders that it lies in, and its categories; of a feed that is listed several times, those of all
     */
    public record Feed(String title, String url, List<String> tags) {
        public Feed {
            tags = List.copyOf(tags);
        }

        private Feed and(List<String> more) {
            return new Feed(
                    title,
                    url,
                    Stream.concat(tags.stream(), more.stream())
                            .distinct()
                            .limit(TAGS_MAX)
                            .toList());
        }
    }

    /**
     * The feeds of a file, each URL once, in the file's order.
     *
     * @throws UserError when there is no such file, it is no OPML, or holds too much
     */
    public static List<Feed> read(Path file) {
        Raw raw = raw(file);
        Inspected read;
        try {
            read = new DocumentParser().parse(raw);
        } catch (OutsideError e) {
            throw new UserError(file + ": can't be read as OPML; export it anew from the program it comes from");
        }
        if (!read.kind().equals("opml")) {
            throw new UserError(
                    file + ": is " + read.kind() + ", not OPML; for a single source take 'broadsheet source add URL'");
        }
        Map<String, Feed> feeds = new LinkedHashMap<>();
        for (Entry entry : read.entries()) {
            if (entry.url() != null) {
                Feed feed = new Feed(entry.title(), entry.url(), entry.categories());
                feeds.merge(UrlShape.key(entry.url()), feed, (first, again) -> first.and(again.tags()));
            }
            if (feeds.size() > FEEDS_MAX) {
                throw new UserError(file + ": holds more than 10,000 feeds; split it");
            }
        }
        return List.copyOf(feeds.values());
    }

    private static Raw raw(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": no such file; give the path of an OPML file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX);
            if (in.read() >= 0) {
                throw new UserError(file + ": is larger than 5 MiB; split it");
            }
            return new Raw(file.toString(), bytes, null, null, false, ZoneOffset.UTC);
        } catch (IOException e) {
            throw new OutsideError(file + ": can't be read; look at its permissions", false, e);
        }
    }

    /** The feeds among these sources; others can't be told to other programs. */
    public static String write(List<SourceView> sources, String title) {
        Element body = new Element("body");
        List<Element> outlines = new ArrayList<>();
        for (SourceView source : sources) {
            if (source.kind().equals("feed") && source.place() != null) {
                Element outline = new Element("outline")
                        .setAttribute("type", "rss")
                        .setAttribute("text", XmlText.strip(source.name()))
                        .setAttribute("title", XmlText.strip(source.name()))
                        .setAttribute("xmlUrl", XmlText.strip(source.place()));
                // A comma parts one category from the next; a tag with one can't be told.
                String tags = source.tags().stream()
                        .filter(tag -> !tag.contains(","))
                        .map(XmlText::strip)
                        .collect(Collectors.joining(","));
                outlines.add(tags.isEmpty() ? outline : outline.setAttribute("category", tags));
            }
        }
        body.addContent(outlines);
        Element head = new Element("head").addContent(new Element("title").setText(XmlText.strip(title)));
        Element opml = new Element("opml")
                .setAttribute("version", "2.0")
                .addContent(head)
                .addContent(body);
        return new XMLOutputter(Format.getPrettyFormat().setLineSeparator("\n")).outputString(new Document(opml));
    }
}
