package io.broadsheet.source;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A start tag, made well-formed.
 *
 * @param attributes as they are written, each behind a space, its value quoted and escaped
 * @param prefixes used by the name and the attributes
 * @param declared prefixes to URIs
 * @param end index behind the tag
 */
record XmlTag(
        String name,
        String attributes,
        Set<String> prefixes,
        Map<String, String> declared,
        boolean selfClosed,
        boolean mended,
        int end) {
    /** No element people write has more; the rest is dropped. */
    private static final int ATTRIBUTES_MAX = 60;

    /** @return null when the text ends within the tag */
    static @Nullable XmlTag read(String text, int at, XmlReferences references, int line) {
        return new Reader(text, at + 1, references, line).read();
    }

    private static final class Reader {
        private final String text;
        private final XmlReferences references;
        private final int line;
        private final Map<String, String> values = new LinkedHashMap<>();
        private int at;
        private boolean mended;

        Reader(String text, int at, XmlReferences references, int line) {
            this.text = text;
            this.at = at;
            this.references = references;
            this.line = line;
        }

        @Nullable
        XmlTag read() {
            String name = name();
            boolean selfClosed = false;
            while (true) {
                skipBlanks();
                if (at >= text.length()) {
                    return null;
                }
                char c = text.charAt(at);
                if (c == '>') {
                    at++;
                    return tag(name, selfClosed);
                }
                if (c == '<') {
                    // The tag was never closed; what follows is another.
                    mended = true;
                    return tag(name, selfClosed);
                }
                selfClosed = c == '/';
                if (selfClosed) {
                    at++;
                } else if (!XmlMender.isNameStart(c)) {
                    mended = true;
                    at++;
                } else if (!attribute()) {
                    return null;
                }
            }
        }

        private boolean attribute() {
            String name = name();
            skipBlanks();
            if (at >= text.length()) {
                return false;
            }
            String value = name;
            if (text.charAt(at) == '=') {
                at++;
                skipBlanks();
                int from = at;
                int end = valueEnd();
                if (end < 0) {
                    return false;
                }
                boolean quoted = at > from;
                value = text.substring(at, end);
                at = end + (quoted ? 1 : 0);
                mended |= !quoted || value.indexOf('<') >= 0;
            } else {
                mended = true;
            }
            mended |= values.containsKey(name);
            if (values.size() < ATTRIBUTES_MAX) {
                values.putIfAbsent(name, value);
            }
            return true;
        }

        /** Moves onto the value; answers where it ends, or -1 when the text does. */
        private int valueEnd() {
            if (at >= text.length()) {
                return -1;
            }
            char quote = text.charAt(at);
            if (quote == '"' || quote == '\'') {
                at++;
                return text.indexOf(quote, at);
            }
            int end = at;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '>') {
                end++;
            }
            return end < text.length() ? end : -1;
        }

        private String name() {
            int from = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            String name = text.substring(from, at);
            int colon = name.indexOf(':');
            boolean plain = colon < 0
                    || (colon > 0
                            && colon < name.length() - 1
                            && name.indexOf(':', colon + 1) < 0
                            && XmlMender.isNameStart(name.charAt(colon + 1)));
            mended |= !plain;
            return plain ? name : name.replace(':', '_');
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
        }

        private XmlTag tag(String name, boolean selfClosed) {
            StringBuilder attributes = new StringBuilder();
            Set<String> prefixes = new HashSet<>();
            Map<String, String> declared = new LinkedHashMap<>();
            addPrefix(name, prefixes);
            values.forEach((attribute, value) -> {
                StringBuilder escaped = new StringBuilder();
                references.append(value, escaped, line);
                String safe = escaped.toString().replace("<", "&lt;").replace("\"", "&quot;");
                boolean namespace = attribute.equals("xmlns") || attribute.startsWith("xmlns:");
                if (namespace
                        && !safe.isBlank()
                        && !Character.isLetter(safe.strip().charAt(0))) {
                    // JDOM takes no such URI, and none begins so (RFC 3986 §3.1).
                    safe = "urn:odd:" + safe.strip();
                }
                if (attribute.startsWith("xmlns:")) {
                    String prefix = attribute.substring(6);
                    // XML Names §3 and §5: these may not be declared, or not as nothing.
                    if (safe.isBlank() || prefix.equals("xml") || prefix.equals("xmlns")) {
                        return;
                    }
                    declared.put(prefix, safe);
                } else {
                    addPrefix(attribute, prefixes);
                }
                attributes
                        .append(' ')
                        .append(attribute)
                        .append("=\"")
                        .append(safe)
                        .append('"');
            });
            return new XmlTag(name, attributes.toString(), prefixes, declared, selfClosed, mended, at);
        }

        private static void addPrefix(String name, Set<String> prefixes) {
            int colon = name.indexOf(':');
            if (colon > 0) {
                prefixes.add(name.substring(0, colon));
            }
        }
    }
}
