package io.broadsheet.source;

import io.broadsheet.html.XmlText;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Writes text with only such references as XML without a DTD knows. Used for one document. */
final class XmlReferences {
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#(\\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{0,31}));");
    private static final Set<String> XML_NAMES = Set.of("amp", "lt", "gt", "quot", "apos");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final Notes notes;

    XmlReferences(Notes notes) {
        this.notes = notes;
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
            if (reference.lookingAt()) {
                from = reference.group(3) != null ? named(reference, out, line) : numbered(run, reference, out, line);
            } else {
                notes.add("a bare & was taken as text", line);
                out.append("&amp;");
                from = amp + 1;
            }
        }
        out.append(run.substring(from).replace("]]>", "]]&gt;"));
    }

    private int named(Matcher reference, StringBuilder out, int line) {
        String name = reference.group(3);
        if (XML_NAMES.contains(name)) {
            out.append(reference.group());
            return reference.end();
        }
        String meant = Parser.unescapeEntities(reference.group(), true);
        if (meant.equals(reference.group())) {
            notes.add("an entity that nobody defines was taken as text", line);
            out.append("&amp;").append(reference.group(), 1, reference.group().length());
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
            out.append(XmlText.strip(new String(new byte[] {(byte) number}, WINDOWS_1252)));
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
