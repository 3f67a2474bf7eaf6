package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * A word processor's document (Office Open XML, ECMA-376 part 1, section 17) as an HTML page: title, headings, paragraphs, lists, tables, links, bold
 * and italics, and pictures by the names of their parts; notes and comments are left out. It may be hostile: what is unpacked is bounded, and XML with a DOCTYPE is refused. Used by one
 * thread.
 */
final class WordDocument {
    private static final int PART_BYTES_MAX = 20 * 1024 * 1024;
    private static final int DEPTH_MAX = 200;
    private static final String TEXT = "word/document.xml";
    private static final String RELATIONS = "word/_rels/document.xml.rels";
    private static final String STYLES = "word/styles.xml";
    private static final Pattern MEDIA = Pattern.compile("/?(?:word/)?(media/[^/\\\\]{1,200})");

    private static final byte[] NONE = "<none/>".getBytes(StandardCharsets.US_ASCII);
    /** What was moved away or deleted, what is there twice for old programs, and what floats beside the text. */
    private static final Set<String> PASSED_OVER = Set.of("moveFrom", "del", "Fallback", "txbxContent");

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final String where;
    private final Notes notes;
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, String> media = new HashMap<>();
    private final Set<String> shown = new LinkedHashSet<>();
    private final Map<String, String> styles = new HashMap<>();
    private final StringBuilder html = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    /** Pictures of the paragraph; they stand below it, as floating ones do in print. */
    private final StringBuilder below = new StringBuilder();

    /** Where the first paragraph with words in it stands in what is written, unless a list or a table comes before it. */
    private int headlineFrom;

    private int headlineTo;
    private String headline = "";
    private boolean begun;
    private String words = "";
    private @Nullable String picture;
    private boolean cropped;
    private String style = "";
    private boolean listed;
    private boolean struck;
    private boolean inList;
    private String weight = "";

    private WordDocument(String where, Notes notes) {
        this.where = where;
        this.notes = notes;
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

    /**
     * Reads one.
     *
     * @throws OutsideError when it is no such document, is damaged, or unpacks to more than 20 MiB
     */
    static WordDocument of(byte[] bytes, String where, Notes notes) {
        Map<String, byte[]> parts = parts(bytes, where);
        byte[] text = parts.get(TEXT);
        if (text == null) {
            throw new OutsideError(where + ": is no Word document (.docx); save it as one, or as text", false, null);
        }
        WordDocument document = new WordDocument(where, notes);
        try {
            document.relations(parts.get(RELATIONS));
            document.styles(parts.get(STYLES));
            document.body(text);
        } catch (XMLStreamException e) {
            throw new OutsideError(where + ": is a damaged Word document; save it anew", false, e);
        }
        return document;
    }

    /** Without a paragraph in the style Title, the first one is the headline; pictures above it lead the story. */
    String html() {
        String all = html.toString();
        boolean titled = all.contains("<h1>");
        String story = all;
        if (headlineTo > 0 && (!titled || all.startsWith("<h1>", headlineFrom))) {
            story = "<h1>" + headline + "</h1>" + all.substring(0, headlineFrom) + all.substring(headlineTo);
        }
        return "<html><body><article>" + story + "</article></body></html>";
    }

    /** The names of the parts that are the pictures it shows, as they are in the page. */
    Set<String> pictures() {
        return shown;
    }

    private static Map<String, byte[]> parts(byte[] bytes, String where) {
        Map<String, byte[]> parts;
        try {
            parts = WordParts.read(bytes, Set.of(TEXT, RELATIONS, STYLES), PART_BYTES_MAX, PART_BYTES_MAX);
        } catch (IOException e) {
            throw new OutsideError(where + ": is a damaged Word document; save it anew", false, e);
        }
        if (parts.values().stream().mapToLong(part -> part.length).sum() > PART_BYTES_MAX) {
            throw new OutsideError(
                    where + ": unpacks to more than " + PART_BYTES_MAX / 1024 / 1024 + " MiB of text, and was not read",
                    false,
                    null);
        }
        return parts;
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
                String given = xml.getAttributeValue(null, "Target");
                String target = FeedTree.web(given);
                if (id != null && target != null) {
                    links.put(id, target);
                }
                Matcher inside = MEDIA.matcher(given == null ? "" : given);
                if (id != null && inside.matches() && !"External".equals(xml.getAttributeValue(null, "TargetMode"))) {
                    media.put(id, "word/" + inside.group(1));
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
                below.setLength(0);
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
            case "docPr" -> words = Objects.requireNonNullElse(attribute(xml, "descr"), "");
            case "blipFill" -> {
                picture = null;
                cropped = false;
            }
            case "blip" -> picture = attribute(xml, "embed");
            case "srcRect" -> cropped = crops(xml);
            case "tbl" -> {
                begun = true;
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
            case "blipFill" -> drawn();
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

    /** What was cut off is still in the file, and is nobody's business. */
    private void drawn() {
        String part = picture == null || struck ? null : media.get(picture);
        if (part != null && cropped) {
            notes.add(
                    "a picture is cropped, and would be shown whole; it was left out; delete its cropped areas in the word processor");
        } else if (part != null) {
            shown.add(part);
            below.append("<img src=\"")
                    .append(Entities.escape(part))
                    .append("\" alt=\"")
                    .append(Entities.escape(words))
                    .append("\">");
        }
        picture = null;
        words = "";
    }

    private static boolean crops(XMLStreamReader xml) {
        for (int at = 0; at < xml.getAttributeCount(); at++) {
            if (!xml.getAttributeValue(at).matches("-?0+%?")) {
                return true;
            }
        }
        return false;
    }

    private void close() {
        boolean said = !paragraph.toString().isBlank();
        String tag = tag();
        if (said && tag.equals("li")) {
            begun = true;
            html.append(inList ? "" : "<ul>");
            inList = true;
            write("li", paragraph.append(below));
        } else if (said) {
            closeList();
            int from = html.length();
            write(tag, paragraph);
            if (!begun) {
                headlineFrom = from;
                headlineTo = html.length();
                headline = paragraph.toString();
                begun = true;
            }
        }
        if (!below.isEmpty() && !(said && tag.equals("li"))) {
            closeList();
            write("p", below);
        }
        below.setLength(0);
    }

    private void write(String tag, CharSequence inside) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(inside)
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
