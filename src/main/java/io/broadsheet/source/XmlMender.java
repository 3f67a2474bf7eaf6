package io.broadsheet.source;

import io.broadsheet.html.XmlText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes a feed that is nearly XML into XML: one pass over the text, in time that grows with its length alone, whatever stands in it. What was well-formed
 * comes out with the same meaning. A DOCTYPE is cut out; of its entities only plain text is used ({@link XmlDoctype}), so that no bomb and no
 * outside file gets in.
 * Used for one document.
 */
final class XmlMender {
    /** Feeds are some ten elements deep. Deeper ones keep their text, without tags, so that no reader after us runs out of stack. */
    private static final int DEPTH_MAX = 120;

    /** Ten times the longest back catalogue seen; more would only make one visit slow. */
    static final int ENTRIES_MAX = 10_000;

    /** Within one entry, and outside of all of them: what is more keeps its text, without tags. Trees of more children than this are slow to tidy. */
    private static final int ELEMENTS_SIDE_BY_SIDE_MAX = 5_000;

    /** Twenty for each entry, each worth some 200 bytes of memory once it is a tree. */
    private static final int ELEMENTS_MAX = 20 * ENTRIES_MAX;

    private static final Pattern ROOT =
            Pattern.compile("<(?:[\\w.-]{1,40}:)?(?:rss|feed|rdf|channel|opml)(?=[\\s/>])", Pattern.CASE_INSENSITIVE);

    /** Comments, instructions and blanks may follow the root; possessive, so that no text makes it try twice. */
    private static final Pattern REMARKS =
            Pattern.compile("(?s)(?:\\s++|<!--(?:(?!-->).)*+-->|<\\?(?:(?!\\?>).)*+\\?>)*+");

    private final String text;
    private final Notes notes;
    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, String> prefixesUsed = new TreeMap<>();
    private final XmlReferences references;

    private int at;
    private int lineAt;
    private int line = 1;
    /** Where the root's declarations go. */
    private int rootInsert = -1;

    private String rootAttributes = "";
    /** End of the last whole entry in what is written, and where the first one began; -1 before there is one. */
    private int wholeEnd = -1;

    private int entryBegin = -1;
    private int skippedDeep;
    private int entries;
    private int elements;
    private int elementsInEntry;
    private int elementsOutside;
    private boolean full;

    private XmlMender(String text, Notes notes) {
        this.text = text;
        this.notes = notes;
        this.out = new StringBuilder(text.length() + 256);
        this.references = new XmlReferences(notes);
    }

    /** @return well-formed XML without declaration; empty when there is no feed's root element in it */
    static String mend(String text, Notes notes) {
        String clean = XmlText.strip(text);
        if (clean.length() != text.length()) {
            notes.add("control characters were left out");
        }
        XmlMender mender = new XmlMender(clean, notes);
        return mender.prolog() ? mender.document() : "";
    }

    /** Moves to the root element; all before it but white space, declaration and comments is junk. */
    private boolean prolog() {
        boolean junk = false;
        while (at < text.length()) {
            if (text.startsWith("<!--", at)) {
                at = after("-->");
            } else if (text.startsWith("<?", at)) {
                at = afterInstruction();
            } else if (text.regionMatches(true, at, "<!DOCTYPE", 0, 9)) {
                notes.add("a DOCTYPE was left out", line());
                XmlDoctype doctype = XmlDoctype.read(text, at);
                references.define(doctype.entities());
                at = doctype.end();
            } else if (text.charAt(at) == '<'
                    && ROOT.matcher(text)
                            .region(at, Math.min(text.length(), at + 60))
                            .lookingAt()) {
                if (junk) {
                    notes.add("text before the feed was left out", line());
                }
                return true;
            } else {
                junk |= !Character.isWhitespace(text.charAt(at));
                at++;
            }
        }
        return false;
    }

    private int after(String end) {
        int found = text.indexOf(end, at);
        return found < 0 ? text.length() : found + end.length();
    }

    /** One that is not ended as XML ends it ends at the next {@code >}, as HTML has it. */
    private int afterInstruction() {
        int end = text.indexOf("?>", at);
        int next = text.indexOf('<', at + 1);
        boolean ended = end >= 0 && (next < 0 || end < next);
        int angle = ended ? end + 1 : text.indexOf('>', at);
        return angle < 0 ? text.length() : angle + 1;
    }

    private String document() {
        boolean whole = true;
        while (whole && at < text.length() && !full && (out.isEmpty() || !open.isEmpty())) {
            whole = text.charAt(at) == '<' ? markup() : characters();
        }
        if (open.isEmpty()) {
            if (!REMARKS.matcher(text).region(at, text.length()).matches()) {
                notes.add("text after the feed's end was left out", line());
            }
        } else {
            endEarly();
        }
        declarePrefixes();
        return out.toString();
    }

    private boolean characters() {
        int end = text.indexOf('<', at);
        String run = text.substring(at, end < 0 ? text.length() : end);
        references.append(run, out, line());
        at += run.length();
        return true;
    }

    /** @return false when the text ends within it */
    private boolean markup() {
        if (text.startsWith("<![CDATA[", at)) {
            return cdata();
        }
        if (text.startsWith("<!--", at)) {
            return skip("-->");
        }
        if (text.startsWith("<?", at)) {
            at = afterInstruction();
            return true;
        }
        if (text.startsWith("<!", at)) {
            return skip(">");
        }
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '/') {
            return endTag();
        }
        if (isNameStart(next)) {
            return startTag();
        }
        notes.add("a bare < was taken as text", line());
        out.append("&lt;");
        at++;
        return true;
    }

    private boolean skip(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
        return found >= 0;
    }

    private boolean cdata() {
        int end = text.indexOf("]]>", at);
        int tag = end >= 0 || open.isEmpty() ? -1 : text.indexOf("</" + open.getFirst(), at);
        if (tag >= 0) {
            notes.add("a CDATA section that was not closed was closed", line());
            out.append(text, at, tag).append("]]>");
            at = tag;
            return true;
        }
        if (end < 0) {
            at = text.length();
            return false;
        }
        out.append(text, at, end + 3);
        at = end + 3;
        return true;
    }

    private boolean endTag() {
        int end = text.indexOf('>', at);
        if (end < 0) {
            at = text.length();
            return false;
        }
        String name = text.substring(at + 2, end).strip();
        int here = line();
        at = end + 1;
        if (skippedDeep > 0 && !FeedTags.isEntry(name)) {
            skippedDeep--;
            return true;
        }
        skippedDeep = 0;
        close(name, here);
        return true;
    }

    private void close(String name, int here) {
        boolean isOpen = open.stream().anyMatch(each -> each.equalsIgnoreCase(name));
        if (!isOpen) {
            if (!FeedTags.isVoid(name)) {
                notes.add("an end tag without its start was left out", here);
            }
            return;
        }
        while (!open.isEmpty()) {
            boolean last = open.getFirst().equalsIgnoreCase(name);
            if (!last) {
                notes.add("an element that was not closed was closed", here);
            }
            pop();
            if (last) {
                return;
            }
        }
    }

    private void pop() {
        String name = open.removeFirst();
        out.append("</").append(name).append('>');
        if (FeedTags.isEntry(name)) {
            endEntry();
        }
    }

    private void endEntry() {
        wholeEnd = out.length();
        entryBegin = -1;
        entries++;
        full |= entries >= ENTRIES_MAX;
    }

    private boolean startTag() {
        XmlTag tag = XmlTag.read(text, at, references, line());
        if (tag == null) {
            at = text.length();
            return false;
        }
        if (tag.mended()) {
            notes.add("an attribute was mended (no quotes, twice the same, or a < in it)", line());
        }
        String name = tag.name();
        int here = line();
        at = tag.end();
        if (FeedTags.isEntry(name) && open.stream().anyMatch(each -> each.equalsIgnoreCase(name))) {
            // An entry within an entry: the end tag of the first was forgotten.
            notes.add("an element that was not closed was closed", here);
            close(name, here);
        }
        if (!open.isEmpty() && FeedTags.ends(open.getFirst(), name)) {
            notes.add("an element that was not closed was closed", here);
            pop();
        }
        if (open.size() >= DEPTH_MAX) {
            notes.add("elements nested deeper than " + DEPTH_MAX + " lost their tags", here);
            skippedDeep += tag.selfClosed() ? 0 : 1;
            return true;
        }
        if (isTooMany(name)) {
            notes.add("elements beyond " + ELEMENTS_SIDE_BY_SIDE_MAX + " in one place lost their tags", here);
            skippedDeep += tag.selfClosed() ? 0 : 1;
            return true;
        }
        write(tag, name);
        return true;
    }

    private boolean isTooMany(String name) {
        if (FeedTags.isEntry(name)) {
            elementsInEntry = 0;
            skippedDeep = 0;
            return false;
        }
        boolean outline = name.equalsIgnoreCase("outline");
        int here = entryBegin >= 0 ? ++elementsInEntry : outline ? 0 : ++elementsOutside;
        return here > (entryBegin >= 0 ? ELEMENTS_SIDE_BY_SIDE_MAX : ENTRIES_MAX + ELEMENTS_SIDE_BY_SIDE_MAX);
    }

    private void write(XmlTag tag, String name) {
        elements++;
        full |= elements >= ELEMENTS_MAX;
        if (FeedTags.isEntry(name)) {
            entryBegin = out.length();
        }
        boolean root = out.isEmpty();
        tag.prefixes().forEach(prefix -> prefixesUsed.merge(prefix, "", (a, b) -> a));
        tag.declared()
                .forEach((prefix, uri) ->
                        prefixesUsed.merge(prefix, uri, (known, now) -> known.isEmpty() ? now : known));
        out.append('<').append(name);
        if (root) {
            rootInsert = out.length();
            rootAttributes = tag.attributes();
        }
        out.append(tag.attributes());
        boolean empty = tag.selfClosed() || FeedTags.isVoid(name);
        out.append(empty ? "/>" : ">");
        if (empty && !tag.selfClosed()) {
            notes.add("an element that was not closed was closed", line());
        }
        if (!empty) {
            open.addFirst(name);
        } else if (FeedTags.isEntry(name)) {
            endEntry();
        }
    }

    /** The text ended, or we stopped reading: what is whole stays, and what is open is closed. */
    private void endEarly() {
        if (full) {
            notes.add(
                    entries >= ENTRIES_MAX
                            ? "only the first " + ENTRIES_MAX + " entries were read; more in one document are left out"
                            : "only the first " + ELEMENTS_MAX + " elements were read; what follows them was left out");
        } else if (entryBegin >= 0) {
            notes.add("the feed ends in the middle of an entry; the whole ones before it were used", line());
        }
        if (entryBegin >= 0) {
            out.setLength(entryBegin);
            while (!open.isEmpty() && !FeedTags.isEntry(open.getFirst())) {
                open.removeFirst();
            }
            open.pollFirst();
        } else if (!full) {
            notes.add("the feed ends without its end tags, which were added", line());
            if (wholeEnd >= 0 && wholeEnd < out.length()) {
                closeBackTo(wholeEnd);
            }
        }
        for (Iterator<String> names = open.iterator(); names.hasNext(); ) {
            out.append("</").append(names.next()).append('>');
        }
        open.clear();
    }

    /** What follows the last whole entry is the beginning of something: nothing that is missed. */
    private void closeBackTo(int end) {
        String tail = out.substring(end);
        if (tail.indexOf('<') < 0) {
            out.setLength(end);
        }
    }

    private void declarePrefixes() {
        StringBuilder declarations = new StringBuilder();
        prefixesUsed.forEach((prefix, seen) -> {
            boolean declared = rootAttributes.contains(" xmlns:" + prefix + "=");
            if (prefix.equals("xml") || prefix.equals("xmlns") || declared) {
                return;
            }
            String uri = seen.isEmpty() ? Namespaces.wellKnown(prefix) : seen;
            if (seen.isEmpty()) {
                notes.add("the prefix '" + prefix + ":' was never declared, and was taken as " + uri);
            }
            declarations
                    .append(" xmlns:")
                    .append(prefix)
                    .append("=\"")
                    .append(uri)
                    .append('"');
        });
        if (rootInsert >= 0) {
            out.insert(rootInsert, declarations);
        }
    }

    static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private int line() {
        for (; lineAt < at && lineAt < text.length(); lineAt++) {
            line += text.charAt(lineAt) == '\n' ? 1 : 0;
        }
        return line;
    }
}
