package io.broadsheet.source;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The namespaces of feeds, with the ways they are misspelt. */
final class Namespaces {
    static final String ATOM = "http://www.w3.org/2005/Atom";
    static final String ATOM_03 = "http://purl.org/atom/ns#";
    static final String CONTENT = "http://purl.org/rss/1.0/modules/content/";
    static final String DC = "http://purl.org/dc/elements/1.1/";
    static final String DCTERMS = "http://purl.org/dc/terms/";
    static final String MEDIA = "http://search.yahoo.com/mrss/";
    static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    static final String XHTML = "http://www.w3.org/1999/xhtml";
    static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";

    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("atom", ATOM),
            Map.entry("atom10", ATOM),
            Map.entry("content", CONTENT),
            Map.entry("dc", DC),
            Map.entry("dcterms", DCTERMS),
            Map.entry("media", MEDIA),
            Map.entry("rdf", RDF),
            Map.entry("itunes", ITUNES),
            Map.entry("xhtml", XHTML),
            Map.entry("sy", "http://purl.org/rss/1.0/modules/syndication/"),
            Map.entry("slash", "http://purl.org/rss/1.0/modules/slash/"),
            Map.entry("wfw", "http://wellformedweb.org/CommentAPI/"),
            Map.entry("georss", "http://www.georss.org/georss"),
            Map.entry("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
            Map.entry("thr", "http://purl.org/syndication/thread/1.0"));

    private static final Map<String, String> RIGHT = PREFIXES.values().stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Namespaces::key, Function.identity()));

    private static final String KEY_ATOM_03 = key(ATOM_03);

    private Namespaces() {}

    /** What a prefix stands for when nobody says: its usual namespace, else one that means nothing. */
    static String wellKnown(String prefix) {
        return PREFIXES.getOrDefault(prefix.toLowerCase(Locale.ROOT), "urn:undeclared:" + prefix);
    }

    /** The right spelling of a namespace: case, {@code https}, the trailing sign; unknown ones as they are. */
    static String right(String uri) {
        if (uri.isEmpty()) {
            return uri;
        }
        String key = key(uri);
        return key.startsWith(KEY_ATOM_03) ? ATOM_03 : RIGHT.getOrDefault(key, uri);
    }

    private static String key(String uri) {
        String key = uri.strip().toLowerCase(Locale.ROOT);
        int from = key.startsWith("https:") ? 6 : key.startsWith("http:") ? 5 : 0;
        int end = key.endsWith("/") || key.endsWith("#") ? key.length() - 1 : key.length();
        return key.substring(Math.min(from, end), end);
    }
}
