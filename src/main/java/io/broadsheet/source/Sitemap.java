package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One sitemap file, read entry by entry (sitemaps.org, with Google's news and image extensions): of XML, packed or not, or one URL a line. What is
 * broken ends where it breaks.
 *
 * @param stories that it names, in document order
 * @param files other sitemaps that it names, if it is an index
 * @param notes what was mended or left out
 */
record Sitemap(List<Listed> stories, List<Listed> files, List<String> notes) {
    /** What the protocol lets one file have. */
    static final int URLS_MAX = 50_000;

    /** What the protocol lets one file unpack to. */
    private static final long UNPACKED_MAX = 50L * 1024 * 1024;

    /** A damaged file larger than this is not worth the memory of mending it. */
    private static final int MENDED_MAX = 5 * 1024 * 1024;

    /** Characters of all that one sitemap names; what comes after is left out. A packed one of a few bytes may name very much. */
    static final long KEPT_MAX = 16_000_000;

    private static final int TEXT_MAX = 4_000;
    private static final int IMAGES_MAX = 10;

    Sitemap {
        stories = List.copyOf(stories);
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    boolean isIndex() {
        return !files.isEmpty();
    }

    static Sitemap of(Raw raw) {
        Notes notes = new Notes();
        if (raw.truncated()) {
            notes.add(raw.where() + ": is longer than what is read of it; its beginning was used");
        }
        String beginning = beginning(raw.bytes());
        if (beginning.regionMatches(true, 0, "http", 0, 4)) {
            return lines(raw, notes);
        }
        Reader reader = new Reader(raw.zone());
        boolean whole = false;
        try (InputStream in = unpacked(raw.bytes())) {
            whole = reader.read(factory().createXMLStreamReader(in), notes, raw.where());
        } catch (XMLStreamException | IOException e) {
            // Told below, by what was read before.
            whole = false;
        }
        if (!whole && reader.isEmpty() && raw.bytes().length <= MENDED_MAX) {
            mended(raw, reader, notes);
        } else if (!whole && !raw.truncated()) {
            notes.add(raw.where() + ": is damaged; it was read as far as the damage");
        }
        return new Sitemap(reader.stories, reader.files, notes.sentences());
    }

    private static void mended(Raw raw, Reader reader, Notes notes) {
        String xml = XmlMender.mend(FeedText.of(raw.bytes(), raw.contentType(), notes), notes);
        try {
            if (!xml.isEmpty()) {
                reader.read(factory().createXMLStreamReader(new StringReader(xml)), notes, raw.where());
            }
        } catch (XMLStreamException e) {
            notes.add(raw.where() + ": is too damaged to read; its owner must mend it");
        }
    }

    /** No DTD, no entity of anybody's making, nothing from outside. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private static boolean isPacked(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    private static InputStream unpacked(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return isPacked(bytes) ? new Bounded(new GZIPInputStream(in)) : in;
    }

    private static String beginning(byte[] bytes) {
        try (InputStream in = unpacked(bytes)) {
            return new String(in.readNBytes(2_000), StandardCharsets.UTF_8)
                    .replaceFirst("^\\uFEFF", "")
                    .stripLeading();
        } catch (IOException e) {
            // Cut short within its first bytes; the reader will say so.
            return "";
        }
    }

    private static Sitemap lines(Raw raw, Notes notes) {
        List<Listed> stories = new ArrayList<>();
        for (String line : (Iterable<String>)
                FeedText.of(raw.bytes(), raw.contentType(), notes).lines()::iterator) {
            String url = FeedTree.web(line);
            if (url != null && stories.size() < URLS_MAX) {
                stories.add(Listed.of(url, "", null));
            }
        }
        return new Sitemap(stories, List.of(), notes.sentences());
    }

    /** Ends where a file that was packed small grows beyond what it may. */
    private static final class Bounded extends FilterInputStream {
        private long left = UNPACKED_MAX;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(into, at, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    /** Gathers entries as they go by. Used by one thread. */
    private static final class Reader {
        private final ZoneId zone;
        private final List<Listed> stories = new ArrayList<>();
        private int summed;
        private long kept;
        private final List<Listed> files = new ArrayList<>();
        private final Map<String, String> fields = new HashMap<>();
        private final List<String> images = new ArrayList<>();

        Reader(ZoneId zone) {
            this.zone = zone;
        }

        boolean isEmpty() {
            return stories.isEmpty() && files.isEmpty();
        }

        /** @return whether the document was whole, or had more than we take */
        boolean read(XMLStreamReader xml, Notes notes, String where) throws XMLStreamException {
            StringBuilder text = new StringBuilder();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text.setLength(0);
                    begin(xml.getLocalName().toLowerCase(Locale.ROOT));
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    if (text.length() < TEXT_MAX) {
                        text.append(xml.getText(), 0, Math.min(xml.getTextLength(), TEXT_MAX));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(
                            xml.getLocalName().toLowerCase(Locale.ROOT),
                            prefix(xml),
                            text.toString().strip());
                    text.setLength(0);
                }
                if (stories.size() + files.size() >= URLS_MAX || kept() > KEPT_MAX) {
                    notes.add(where + ": has more than " + URLS_MAX
                            + " addresses, or too long ones; the first were used");
                    return true;
                }
            }
            return true;
        }

        /** Of all that was kept: summed up as it grows. */
        private long kept() {
            for (; summed < stories.size(); summed++) {
                kept += stories.get(summed).characters();
            }
            return kept;
        }

        private static String prefix(XMLStreamReader xml) {
            return xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
        }

        private void begin(String name) {
            if (name.equals("url") || name.equals("sitemap")) {
                fields.clear();
                images.clear();
            }
        }

        private void end(String name, String namespace, String text) {
            switch (name) {
                case "url", "sitemap" -> add(name.equals("sitemap"));
                case "loc" -> {
                    if (!namespace.contains("image")) {
                        fields.putIfAbsent("loc", text);
                    } else if (images.size() < IMAGES_MAX) {
                        String image = FeedTree.web(text);
                        images.addAll(image == null ? List.of() : List.of(image));
                    }
                }
                case "title" -> {
                    if (!namespace.contains("image") && !namespace.contains("video")) {
                        fields.putIfAbsent(name, text);
                    }
                }
                case "lastmod", "publication_date", "language" -> fields.putIfAbsent(name, text);
                default -> {}
            }
        }

        private void add(boolean file) {
            String url = FeedTree.web(fields.get("loc"));
            if (url == null) {
                return;
            }
            String lastmod = blankToNull(fields.get("lastmod"));
            String published = blankToNull(fields.get("publication_date"));
            Instant instant =
                    published == null ? null : Dates.read(published, zone).instant();
            String title = fields.getOrDefault("title", "");
            (file ? files : stories)
                    .add(new Listed(
                            url.replaceFirst("#.*$", ""),
                            PlainText.title(FeedTree.escaped(title)),
                            instant,
                            instant == null ? null : "sitemap",
                            lastmod,
                            FeedTree.language(fields.get("language")),
                            List.copyOf(images)));
        }

        private static @Nullable String blankToNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text;
        }
    }
}
