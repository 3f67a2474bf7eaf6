package io.broadsheet.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Where a page's feed may be: what the page names, and where systems put theirs. */
final class FeedPlaces {
    private static final Pattern FEED_TYPE =
            Pattern.compile("(?i)application/(?:rss|atom|rdf|feed)\\+(?:xml|json).*|application/json.*|text/xml.*");
    private static final Pattern LOOKS_LIKE = Pattern.compile(
            "(?i).*(?:/feed/?|/rss/?|/atom/?|\\.rss|\\.atom|\\.rdf|rss\\.ashx.*|(?:rss|atom|feed|index)\\.(?:xml|json|php)|[?&]feed=(?:rss2?|atom).*)$");
    private static final Pattern COMMENTS = Pattern.compile("(?i).*comments?.*");
    private static final List<String> NAMES =
            List.of("feed/", "rss.xml", "feed.xml", "index.xml", "atom.xml", "feed.json", "rss");

    /** AFPIMS, on which most sites of the US forces run, seldom names the feed it has. */
    private static final String AFPIMS = "/DesktopModules/ArticleCS/RSS.ashx?max=20&ContentType=1";

    private static final Pattern AFPIMS_SITE =
            Pattern.compile("(?i)(?:[?&]|\\b)(?:site|siteid|portalid)\"?\\s*[=:]\\s*\"?(\\d{1,5})\\b");
    private static final int SCRIPT_MAX = 300_000;
    private static final int NAMED_MAX = 8;

    private FeedPlaces() {}

    /** URL and how it is named, the page's own declarations first. */
    static Map<String, String> named(Document page, String pageUrl) {
        Map<String, String> places = new LinkedHashMap<>();
        for (Element link : page.select("link[rel~=(?i)\\balternate\\b][href][type]")) {
            boolean feed = FEED_TYPE.matcher(link.attr("type")).matches()
                    && !link.attr("href").contains("/wp-json/");
            add(
                    link,
                    feed
                            && !COMMENTS.matcher(link.attr("title") + link.attr("href"))
                                    .matches(),
                    "the page declares it",
                    places);
        }
        for (Element link : page.select("a[href]")) {
            String target = PageLinks.target(link);
            boolean feed = target != null
                    && LOOKS_LIKE.matcher(target).matches()
                    && UrlShape.sameSite(target, pageUrl)
                    && !COMMENTS.matcher(target).matches();
            add(link, feed, "the page links to it", places);
        }
        return places;
    }

    private static void add(Element link, boolean wanted, String how, Map<String, String> places) {
        String target = wanted && places.size() < NAMED_MAX ? PageLinks.target(link) : null;
        if (target != null) {
            places.putIfAbsent(target, how);
        }
    }

    /** Beside the page first, then at the root of its host. */
    static List<String> usual(Document page, String pageUrl) {
        List<String> places = new ArrayList<>();
        String host = UrlShape.host(pageUrl);
        String html = page.html();
        boolean afpims = html.contains("DesktopModules/") || html.contains("dnn_");
        if (host.endsWith(".mil") || host.endsWith(".edu") || afpims) {
            Matcher site = AFPIMS_SITE.matcher(html.substring(0, Math.min(html.length(), SCRIPT_MAX)));
            if (site.find()) {
                places.add(FeedTree.resolve(pageUrl, AFPIMS + "&Site=" + site.group(1)));
            }
            places.add(FeedTree.resolve(pageUrl, AFPIMS));
        }
        boolean root = UrlShape.parts(pageUrl).isEmpty();
        String folder = pageUrl.replaceFirst("[?#].*$", "");
        boolean file = folder.toLowerCase(Locale.ROOT).matches(".*\\.(?:html?|php|aspx?)");
        String beside = file || folder.endsWith("/") ? folder : folder + "/";
        for (String name : NAMES) {
            places.add(FeedTree.resolve(beside, name));
        }
        if (!root) {
            NAMES.subList(0, 5).forEach(name -> places.add(FeedTree.resolve(pageUrl, "/" + name)));
        }
        return places;
    }
}
