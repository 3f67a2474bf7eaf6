package io.broadsheet.source;

import io.broadsheet.html.XmlText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Writes text with only such references as XML without a DTD knows. Used for one document. */
final class XmlReferences {
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#(\\d{1,18}+)|#[xX]([0-9a-fA-F]{1,15}+)|([A-Za-z_][A-Za-z0-9_.-]{0,60}));?");
    private static final Set<String> XML_NAMES = Set.of("amp", "lt", "gt", "quot", "apos");

    /** What a document's own entities may add to it: enough for any wording, too little for a bomb. */
    private static final int DEFINED_CHARACTERS_MAX = 100_000;

    private final Notes notes;
    private final Map<String, String> defined = new HashMap<>();
    private int definedCharacters;

    XmlReferences(Notes notes) {
        this.notes = notes;
    }

    /** From now on these names stand for these texts. */
    void define(Map<String, String> entities) {
        defined.putAll(entities);
    }

    void append(String run, StringBuilder out, int line) {
        if (run.indexOf('&') < 0) {
            out.append(run.contains("]]>") ? run.replace("]]>", "]]&gt;") : run);
            return;
        }
        Matcher reference = REFERENCE.matcher(run);
        int from = 0;
        for (int amp = run.indexOf('&'); amp >= 0; amp = run.indexOf('&', from)) {
            out.append(run.substring(from, amp).replace("]]>", "]]&gt;"));
            reference.region(amp, run.length());
            if (reference.lookingAt() && (isEnded(reference) || isMeant(run, reference))) {
                from = reference.group(3) != null ? named(reference, out, line) : numbered(run, reference, out, line);
            } else {
                notes.add("a bare & was taken as text", line);
                out.append("&amp;");
                from = amp + 1;
            }
        }
        out.append(run.substring(from).replace("]]>", "]]&gt;"));
    }

    private static boolean isEnded(Matcher reference) {
        return reference.group().endsWith(";");
    }

    /** Without its {@code ;} a number is still a reference, and so is a name that HTML let stand without, before a blank; in a URL it is none. */
    private static boolean isMeant(String run, Matcher reference) {
        int end = reference.end();
        boolean alone = end >= run.length() || Character.isWhitespace(run.charAt(end));
        return reference.group(3) == null
                || (alone
                        && !Parser.unescapeEntities(reference.group() + " ", true)
                                .startsWith("&" + reference.group(3)));
    }

    private int named(Matcher reference, StringBuilder out, int line) {
        String name = reference.group(3);
        if (XML_NAMES.contains(name)) {
            out.append('&').append(name).append(';');
            return reference.end();
        }
        String own = defined.get(name);
        if (own != null && definedCharacters + own.length() <= DEFINED_CHARACTERS_MAX) {
            definedCharacters += own.length();
            notes.add("an entity that the document defines was taken as its text", line);
            out.append(own.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;"));
            return reference.end();
        }
        String whole = "&" + name + ";";
        String meant = Parser.unescapeEntities(whole, true);
        if (meant.equals(whole)) {
            notes.add("an entity that nobody defines was taken as text", line);
            out.append("&amp;").append(name).append(';');
        } else {
            notes.add("an HTML entity such as &nbsp; was taken as its character", line);
            out.append(meant.replace("&", "&amp;").replace("<", "&lt;"));
        }
        return reference.end();
    }

    private int numbered(String run, Matcher reference, StringBuilder out, int line) {
        long number = number(reference);
        int end = reference.end();
        if (number >= 0xD800 && number <= 0xDBFF) {
            reference.region(end, run.length());
            if (reference.lookingAt() && reference.group(3) == null) {
                long low = number(reference);
                if (low >= 0xDC00 && low <= 0xDFFF) {
                    notes.add("a character written as two halves was put together", line);
                    out.appendCodePoint(Character.toCodePoint((char) number, (char) low));
                    return reference.end();
                }
            }
        }
        if (number >= 0x80 && number <= 0x9F) {
            // As browsers do: nobody means a C1 control, but Windows-1252's quotes and dashes.
            out.append(XmlText.strip(new String(new byte[] {(byte) number}, Charsets.WINDOWS_1252)));
        } else if (number <= Character.MAX_CODE_POINT && XmlText.isChar((int) number)) {
            out.append("&#").append(number).append(';');
        } else {
            notes.add("a reference to a character that XML can't hold was left out", line);
        }
        return end;
    }

    private static long number(Matcher reference) {
        return reference.group(1) != null ? Long.parseLong(reference.group(1)) : Long.parseLong(reference.group(2), 16);
    }
}
