package io.broadsheet.source;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * A document type declaration, of which only the plain entities of its internal subset are taken: those whose value is text without further
 * references. So none refers to another, and no bomb can be built of them; outside ones are never read.
 *
 * @param end index behind the declaration
 * @param entities names to the text they stand for
 */
record XmlDoctype(int end, Map<String, String> entities) {
    private static final int ENTITIES_MAX = 300;

    private static final Pattern ENTITY = Pattern.compile(
            "<!ENTITY\\s{1,20}([A-Za-z_][\\w.-]{0,60})\\s{1,20}(?:\"(&#[xX]?[0-9a-fA-F]{1,7};|[^&%\"]{0,1000})\"|'(&#[xX]?[0-9a-fA-F]{1,7};|[^&%']{0,1000})')\\s{0,20}>");

    /** @param at where {@code <!DOCTYPE} stands */
    static XmlDoctype read(String text, int at) {
        int end = end(text, at);
        Map<String, String> entities = new HashMap<>();
        Matcher found = ENTITY.matcher(text).region(at, end);
        while (found.find() && entities.size() < ENTITIES_MAX) {
            String value = found.group(2) != null ? found.group(2) : found.group(3);
            // XML 1.0 §4.2: the first declaration binds.
            entities.putIfAbsent(found.group(1), value.startsWith("&#") ? Parser.unescapeEntities(value, true) : value);
        }
        return new XmlDoctype(end, Map.copyOf(entities));
    }

    private static int end(String text, int at) {
        boolean subset = false;
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                subset = true;
            } else if (c == ']') {
                subset = false;
            } else if (c == '>' && !subset) {
                return i + 1;
            }
        }
        // Never closed: only its keyword is left out, and the search for the root goes on behind it.
        return Math.min(text.length(), at + 9);
    }
}
