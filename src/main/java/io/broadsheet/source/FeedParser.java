package io.broadsheet.source;

import com.rometools.rome.feed.WireFeed;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedInput;
import io.broadsheet.error.OutsideError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdom2.Document;

/**
 * Reads a feed of any dialect, damaged ones too: bytes to text ({@link FeedText}), text to well-formed XML ({@link XmlMender}), XML to the plain
 * form of its dialect ({@link RssShape}, {@link AtomShape}), and that by Rome; JSON Feed by {@link JsonFeedParser}. Each mend is noted. Safe for
 * several threads.
 */
final class FeedParser {
    private final RomeEntries romeEntries = new RomeEntries();
    private final JsonFeedParser jsonFeeds = new JsonFeedParser();

    /** @throws OutsideError when it is no feed, or none of its entries came whole */
    Inspected parse(Raw raw) {
        return read(raw).inspected();
    }

    /** What a feed holds, and when it wants to be asked again. */
    record Read(Inspected inspected, VisitHints hints) {}

    /** @throws OutsideError when it is no feed, or none of its entries came whole */
    Read read(Raw raw) {
        Notes notes = new Notes();
        String text = FeedText.of(raw.bytes(), raw.contentType(), notes);
        if (text.isBlank()) {
            throw new OutsideError(raw.where() + ": answered with nothing, not a feed; is the URL right?", true, null);
        }
        if (raw.truncated()) {
            notes.add("only the beginning of the document was read, and the whole entries in it were used");
        }
        Read whole = text.stripLeading().startsWith("{")
                ? new Read(jsonFeeds.parse(text, raw, notes), VisitHints.NONE)
                : xml(text, raw, notes);
        Inspected read = whole.inspected();
        List<Entry> kept =
                read.entries().stream().filter(FeedParser::saysSomething).toList();
        List<String> sentences = new ArrayList<>(read.notes());
        if (kept.size() < read.entries().size()) {
            sentences.add(
                    "entries that say nothing were left out (" + (read.entries().size() - kept.size()) + ")");
        }
        if (kept.isEmpty()) {
            if (raw.truncated()) {
                throw new OutsideError(
                        raw.where() + ": no whole entry in the " + raw.bytes().length
                                + " bytes that were read; raise 'fetch.max-bytes' to read more",
                        false,
                        null);
            }
            sentences.add("the feed has no entries");
        }
        Inspected inspected =
                new Inspected(read.kind(), read.title(), read.url(), read.language(), kept, sentences, read.hub());
        return new Read(inspected, whole.hints());
    }

    private Read xml(String text, Raw raw, Notes notes) {
        if (isHtml(text)) {
            throw new OutsideError(
                    raw.where()
                            + ": answered with an HTML page, not a feed; look for the feed's own address on that page",
                    false,
                    null);
        }
        String xml = XmlMender.mend(text, notes);
        Document document = xml.isEmpty() ? null : FeedTree.read(xml);
        if (document == null) {
            throw new OutsideError(
                    raw.where() + ": is neither RSS, Atom nor JSON Feed; is the URL right?", false, null);
        }
        new Mojibake(notes).mend(document.getRootElement());
        VisitHints hints = VisitHints.of(document);
        String base = raw.baseUrl() == null ? "" : raw.baseUrl();
        HubLink hub = HubLink.of(document.getRootElement(), base);
        EntryDates dates = new EntryDates(raw.zone(), notes);
        boolean atom = document.getRootElement().getName().equalsIgnoreCase("feed");
        Document plain = atom ? new AtomShape(base, dates).shape(document) : new RssShape(base, dates).shape(document);
        return new Read(romeEntries.of(wire(plain, raw), notes.sentences()).with(hub), hints);
    }

    private static WireFeed wire(Document plain, Raw raw) {
        try {
            return new WireFeedInput(false, Locale.US).build(plain);
        } catch (FeedException | IllegalArgumentException e) {
            throw new OutsideError(raw.where() + ": could not be read as a feed; its owner must mend it", false, e);
        }
    }

    static boolean isHtml(String text) {
        String head = text.substring(0, Math.min(text.length(), 2048)).toLowerCase(Locale.ROOT);
        boolean html = head.contains("<!doctype html")
                || head.contains("<html")
                || head.contains("<head>")
                || head.contains("<body");
        return html && !head.contains("<rss") && !head.contains("<feed") && !head.contains("<rdf:rdf");
    }

    /** An item without anything in it is what some servers send when a list is empty. */
    private static boolean saysSomething(Entry entry) {
        return !entry.title().isEmpty()
                || !entry.categories().isEmpty()
                || !entry.enclosures().isEmpty()
                || Stream.of(entry.id(), entry.url(), entry.author(), entry.summary(), entry.content())
                        .anyMatch(text -> text != null && !text.isEmpty())
                || entry.published() != null
                || entry.updated() != null;
    }
}
