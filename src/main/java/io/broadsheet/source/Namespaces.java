package io.broadsheet.source;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdom2.Element;

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

    static final String FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0";

    /** RSS's own names live in these, or in none: 1.0 and 0.90, 1.1, and the ones that some 2.0 feeds were given. */
    private static final Pattern RSS = Pattern.compile(
            "https?://(?:purl\\.org/rss/1\\.0/?|purl\\.org/net/rss1\\.1#?|purl\\.org/rss/1\\.0/modules/rss091#?|my\\.netscape\\.com/.{0,40}"
                    + "|channel\\.netscape\\.com/.{0,40}|backend\\.userland\\.com/rss.{0,20}|blogs\\.law\\.harvard\\.edu/tech/rss.{0,20}"
                    + "|cyber\\.(?:law\\.)?harvard\\.edu/rss.{0,20}|www\\.rssboard\\.org/rss-specification)",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("atom", ATOM),
            Map.entry("atom10", ATOM),
            Map.entry("atom03", ATOM_03),
            Map.entry("a10", ATOM),
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
            Map.entry("feedburner", FEEDBURNER),
            Map.entry("pheedo", "http://www.pheedo.com/namespace/pheedo"),
            Map.entry("googleplay", "http://www.google.com/schemas/play-podcasts/1.0"),
            Map.entry("podcast", "https://podcastindex.org/namespace/1.0"),
            Map.entry("prism", "http://prismstandard.org/namespaces/basic/2.0/"),
            Map.entry("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
            Map.entry("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
            Map.entry("excerpt", "http://wordpress.org/export/1.2/excerpt/"),
            Map.entry("thr", "http://purl.org/syndication/thread/1.0"));

    private static final Map<String, String> RIGHT = PREFIXES.values().stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Namespaces::key, Function.identity()));

    /** The one short name of each namespace that is read, whatever prefix a feed gave it. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(ATOM, "atom"),
            Map.entry(ATOM_03, "atom"),
            Map.entry(CONTENT, "content"),
            Map.entry(DC, "dc"),
            Map.entry(DCTERMS, "dcterms"),
            Map.entry(MEDIA, "media"),
            Map.entry(RDF, "rdf"),
            Map.entry(ITUNES, "itunes"),
            Map.entry(XHTML, "xhtml"),
            Map.entry(FEEDBURNER, "feedburner"),
            Map.entry("http://www.pheedo.com/namespace/pheedo", "pheedo"),
            Map.entry("http://www.google.com/schemas/play-podcasts/1.0", "googleplay"),
            Map.entry("http://wordpress.org/export/1.2/excerpt/", "excerpt"));

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

    /** Whether RSS's own names may be in this namespace. */
    static boolean isRss(String uri) {
        return uri.isEmpty() || RSS.matcher(uri.strip()).matches();
    }

    /**
     * An element's name as feeds' documentation writes it, in lower case: {@code "title"}, {@code "dc:creator"}, {@code "media:content"};
     * {@code "other:name"} for namespaces that are not read.
     *
     * @param home the namespace the document's own names are in
     */
    static String word(Element element, String home) {
        String name = element.getName().toLowerCase(Locale.ROOT);
        String uri = right(element.getNamespaceURI());
        if (uri.equals(home) || isRss(uri)) {
            return name;
        }
        return WORDS.getOrDefault(uri, "other") + ":" + name;
    }

    private static String key(String uri) {
        String key = uri.strip().toLowerCase(Locale.ROOT);
        int from = key.startsWith("https:") ? 6 : key.startsWith("http:") ? 5 : 0;
        int end = key.endsWith("/") || key.endsWith("#") ? key.length() - 1 : key.length();
        return key.substring(Math.min(from, end), end);
    }
}
