package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * A word processor's document (Office Open XML, ECMA-376 part 1, section 17) as an HTML page: title, headings, paragraphs, lists, tables, links, bold
 * and italics; pictures, notes and comments are left out. It may be hostile: what is unpacked is bounded, and XML with a DOCTYPE is refused. Used by one
 * thread.
 */
final class WordDocument {
    private static final int PART_BYTES_MAX = 20 * 1024 * 1024;
    private static final int PARTS_MAX = 5_000;
    private static final int DEPTH_MAX = 200;
    /** Without a paragraph in the style Title, the first one is the headline. */
    private static final Pattern FIRST = Pattern.compile("^<(p|h[2-6])>([^\n]*?)</\\1>");

    private static final byte[] NONE = "<none/>".getBytes(StandardCharsets.US_ASCII);
    /** What was moved away, what is there twice for old programs, and what floats beside the text. */
    private static final Set<String> PASSED_OVER = Set.of("moveFrom", "Fallback", "txbxContent");

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final String where;
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, String> styles = new HashMap<>();
    private final StringBuilder html = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private String style = "";
    private boolean listed;
    private boolean struck;
    private boolean inList;
    private String weight = "";

    private WordDocument(String where) {
        this.where = where;
    }

    /** Whether these bytes are packed as such a document is. */
    static boolean is(byte[] bytes) {
        for (int at = 0; at < ZIP.length; at++) {
            if (bytes.length <= at || bytes[at] != ZIP[at]) {
                return false;
            }
        }
        return true;
    }

    /** @throws OutsideError when it is no such document, is damaged, or unpacks to more than 20 MiB */
    static String html(byte[] bytes, String where) {
        Map<String, byte[]> parts = parts(bytes, where);
        byte[] text = parts.get("word/document.xml");
        if (text == null) {
            throw new OutsideError(where + ": is no Word document (.docx); save it as one, or as text", false, null);
        }
        WordDocument document = new WordDocument(where);
        try {
            document.relations(parts.get("word/_rels/document.xml.rels"));
            document.styles(parts.get("word/styles.xml"));
            document.body(text);
        } catch (XMLStreamException e) {
            throw new OutsideError(where + ": is a damaged Word document; save it anew", false, e);
        }
        String story = document.html.indexOf("<h1>") >= 0
                ? document.html.toString()
                : FIRST.matcher(document.html).replaceFirst("<h1>$2</h1>");
        return "<html><body><article>" + story + "</article></body></html>";
    }

    private static Map<String, byte[]> parts(byte[] bytes, String where) {
        Map<String, byte[]> parts = new HashMap<>();
        int left = PART_BYTES_MAX;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            ZipEntry entry = zip.getNextEntry();
            for (int count = 0; entry != null && count < PARTS_MAX; count++) {
                boolean wanted = switch (entry.getName()) {
                    case "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml" -> true;
                    default -> false;
                };
                if (wanted) {
                    byte[] part = zip.readNBytes(left + 1);
                    left -= part.length;
                    if (left < 0) {
                        throw new OutsideError(
                                where + ": unpacks to more than " + PART_BYTES_MAX / 1024 / 1024
                                        + " MiB of text, and was not read",
                                false,
                                null);
                    }
                    parts.putIfAbsent(entry.getName(), part);
                }
                entry = next(zip);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new OutsideError(where + ": is a damaged Word document; save it anew", false, e);
        }
        return parts;
    }

    /** Passes over the rest of a part, which may be a bomb, no further than the limit. */
    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        byte[] chunk = new byte[16 * 1024];
        long passed = 0;
        for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
            passed += read;
            if (passed > 10L * PART_BYTES_MAX) {
                return null;
            }
        }
        return zip.getNextEntry();
    }

    private static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(in);
    }

    private void relations(byte @Nullable [] part) throws XMLStreamException {
        XMLStreamReader xml = reader(new ByteArrayInputStream(part == null ? NONE : part));
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")) {
                String id = xml.getAttributeValue(null, "Id");
                String target = FeedTree.web(xml.getAttributeValue(null, "Target"));
                if (id != null && target != null) {
                    links.put(id, target);
                }
            }
        }
    }

    /** Of each style its name in English, which is the same in every language's program. */
    private void styles(byte @Nullable [] part) throws XMLStreamException {
        XMLStreamReader xml = reader(new ByteArrayInputStream(part == null ? NONE : part));
        String id = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("style")) {
                String of = attribute(xml, "styleId");
                id = of == null ? "" : of;
            } else if (xml.getLocalName().equals("name")) {
                String name = attribute(xml, "val");
                styles.putIfAbsent(id, name == null ? "" : name.toLowerCase(Locale.ROOT));
            }
        }
    }

    private void body(byte[] part) throws XMLStreamException {
        XMLStreamReader xml = reader(new ByteArrayInputStream(part));
        int depth = 0;
        int passedOver = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (++depth > DEPTH_MAX) {
                    throw new OutsideError(where + ": is nested too deeply, and was not read", false, null);
                }
                if (passedOver == 0 && PASSED_OVER.contains(xml.getLocalName())) {
                    passedOver = depth;
                }
                if (passedOver == 0 && begin(xml)) {
                    depth--;
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (passedOver == 0) {
                    end(xml.getLocalName());
                }
                passedOver = passedOver == depth ? 0 : passedOver;
                depth--;
            }
        }
        closeList();
    }

    /** @return whether the element was read to its end */
    private boolean begin(XMLStreamReader xml) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "p" -> {
                style = "";
                listed = false;
                paragraph.setLength(0);
            }
            case "pStyle" -> {
                String of = attribute(xml, "val");
                style = of == null ? "" : styles.getOrDefault(of, of.toLowerCase(Locale.ROOT));
            }
            case "numPr" -> listed = true;
            case "r" -> {
                weight = "";
                struck = false;
            }
            case "b" -> weight = isOn(xml) ? "strong" : weight;
            case "i" -> weight = isOn(xml) && weight.isEmpty() ? "em" : weight;
            // What is hidden was not meant to be read.
            case "vanish" -> struck = isOn(xml);
            case "t" -> {
                String text = Entities.escape(xml.getElementText());
                run(struck ? "" : text);
                return true;
            }
            case "br", "cr" -> paragraph.append("<br>");
            case "tab" -> paragraph.append(' ');
            case "noBreakHyphen" -> paragraph.append('\u2011');
            case "hyperlink" -> {
                String url = links.get(String.valueOf(attribute(xml, "id")));
                paragraph.append(url == null ? "<span>" : "<a href=\"" + Entities.escape(url) + "\">");
            }
            case "tbl" -> {
                closeList();
                html.append("<table>");
            }
            case "tr" -> html.append("<tr>");
            case "tc" -> html.append("<td>");
            default -> {}
        }
        return false;
    }

    private void run(String text) {
        if (weight.isEmpty() || text.isBlank()) {
            paragraph.append(text);
        } else {
            paragraph
                    .append('<')
                    .append(weight)
                    .append('>')
                    .append(text)
                    .append("</")
                    .append(weight)
                    .append('>');
        }
    }

    private void end(String name) {
        switch (name) {
            case "p" -> close();
            case "hyperlink" ->
                paragraph.append(paragraph.lastIndexOf("<a ") > paragraph.lastIndexOf("<span>") ? "</a>" : "</span>");
            case "tbl" -> {
                closeList();
                html.append("</table>");
            }
            case "tr" -> html.append("</tr>");
            case "tc" -> {
                closeList();
                html.append("</td>");
            }
            default -> {}
        }
    }

    private void close() {
        if (paragraph.toString().isBlank()) {
            return;
        }
        String tag = tag();
        if (tag.equals("li") && !inList) {
            html.append("<ul>");
            inList = true;
        } else if (!tag.equals("li")) {
            closeList();
        }
        html.append('<')
                .append(tag)
                .append('>')
                .append(paragraph)
                .append("</")
                .append(tag)
                .append('>');
    }

    private String tag() {
        if (style.equals("title")) {
            return "h1";
        }
        if (style.startsWith("heading ") && style.length() == 9) {
            char level = style.charAt(8);
            return level >= '1' && level <= '6' ? "h" + level : "p";
        }
        return listed || style.startsWith("list ") ? "li" : "p";
    }

    private void closeList() {
        if (inList) {
            html.append("</ul>");
            inList = false;
        }
    }

    private static boolean isOn(XMLStreamReader xml) {
        String value = attribute(xml, "val");
        return value == null || !(value.equals("0") || value.equals("false") || value.equals("off"));
    }

    /** Of whatever namespace: the transitional and the strict form differ in it. */
    private static @Nullable String attribute(XMLStreamReader xml, String name) {
        for (int at = 0; at < xml.getAttributeCount(); at++) {
            if (xml.getAttributeLocalName(at).equals(name)) {
                return xml.getAttributeValue(at);
            }
        }
        return null;
    }
}
