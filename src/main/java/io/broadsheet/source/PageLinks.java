package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The links of a list page that may lead to stories: of the same site, and not in its menus, its margins or its foot. */
final class PageLinks {
    /** A page of lists has some hundreds. */
    private static final int LINKS_MAX = 5_000;

    /** From the link upwards, enough to tell one list from another. */
    private static final int PATH_MAX = 12;

    private static final int CLASSES_MAX = 3;

    private static final Set<String> AROUND_ROLES =
            Set.of("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog");

    private static final Pattern AROUND = Pattern.compile("(?:.*[-_])?(?:nav|navbar|navigation|menu|submenu|megamenu|"
            + "breadcrumbs?|pagination|pager|paging|sidebar|share|sharing|social|related|footer|cookies?|"
            + "tag-?list|tag-?cloud|tags|skip-?links?|popular|trending|most-?read|widget-area)(?:[-_].*)?");

    private static final Pattern CLASS = Pattern.compile("[A-Za-z_][A-Za-z_-]*");

    /** What tells single entries apart, not lists. */
    private static final Pattern OF_ONE = Pattern.compile(
            "(?i)odd|even|first|last|active|sticky|featured|visited|is-.*|has-.*|category-.*|tag-.*|status-.*|format-.*");

    private PageLinks() {}

    /**
     * One link.
     *
     * @param path a CSS selector from high above down to the link, which its like in other entries has too
     */
    record Link(Element element, String url, String path) {}

    /** In document order. */
    static List<Link> of(Document page, String pageUrl) {
        List<Link> links = new ArrayList<>();
        String self = UrlShape.key(pageUrl);
        for (Element element : page.select("a[href]")) {
            String url = target(element);
            if (url == null || UrlShape.key(url).equals(self) || UrlShape.isNoStory(url)) {
                continue;
            }
            if (UrlShape.sameSite(url, pageUrl) && !isAround(element)) {
                links.add(new Link(element, url, path(element)));
            }
            if (links.size() >= LINKS_MAX) {
                break;
            }
        }
        return links;
    }

    /** Where a link leads, without its fragment; null when that is no page of the web. */
    static @Nullable String target(Element link) {
        String url = FeedTree.web(link.attr("abs:href"));
        return url == null ? null : url.replaceFirst("#.*$", "");
    }

    static boolean isAround(Element link) {
        for (Element at = link; at != null; at = at.parent()) {
            switch (at.normalName()) {
                case "nav", "aside", "dialog" -> {
                    return true;
                }
                case "header", "footer" -> {
                    if (at.closest("article, main, li, section, td") == null) {
                        return true;
                    }
                }
                case "main", "body", "html" -> {
                    return false;
                }
                default -> {}
            }
            if (AROUND_ROLES.contains(at.attr("role")) || isNamedAround(at)) {
                return true;
            }
        }
        return false;
    }

    /** By class or id; not for what holds the page's headline, which is the page itself. */
    private static boolean isNamedAround(Element element) {
        boolean named = AROUND.matcher(element.id().toLowerCase(Locale.ROOT)).matches()
                || element.classNames().stream()
                        .anyMatch(name ->
                                AROUND.matcher(name.toLowerCase(Locale.ROOT)).matches());
        return named && element.selectFirst("h1") == null;
    }

    private static String path(Element link) {
        List<String> parts = new ArrayList<>();
        for (Element at = link; at != null && parts.size() < PATH_MAX; at = at.parent()) {
            if (at.normalName().equals("body") || at.normalName().equals("html")) {
                break;
            }
            String classes = at.classNames().stream()
                    .filter(name -> CLASS.matcher(name).matches()
                            && !OF_ONE.matcher(name).matches())
                    .sorted()
                    .limit(CLASSES_MAX)
                    .map(name -> "." + name)
                    .collect(Collectors.joining());
            parts.add(0, at.normalName() + classes);
        }
        return String.join(" > ", parts);
    }
}
