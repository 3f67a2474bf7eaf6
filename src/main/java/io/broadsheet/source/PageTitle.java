package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * A page's headline. It is told four times (JSON-LD, Open Graph, the first heading, the title element), with the site's name here and a shorter
 * wording there; where two agree, the wording that readers see counts.
 *
 * @param text plain, in one line; empty when there is none
 * @param heading the element of the page that shows it; absent when none does
 */
record PageTitle(String text, @Nullable Element heading) {
    /** What sites put between a headline and their name. */
    private static final Pattern SEPARATOR =
            Pattern.compile("\\s+[|\\-–—·•»«:]+\\s+|\\s*[|｜»]\\s*|(?<=\\S)\\s*_\\s*(?=\\S)|\\s*::\\s*");

    /** A longer one was never closed, and holds the page. */
    private static final int HEADING_MAX = 400;

    /** Words in common, by which two wordings are one headline. */
    private static final double ALIKE = 0.6;

    static PageTitle of(Document page, PageMetadata metadata, JsonLd linked) {
        String site = plain(PageMetadata.first(metadata.meta("og:site_name", "application-name"), linked.publisher()));
        String tag = plain(page.title());
        String open = plain(metadata.meta("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title"));
        String headline = plain(PageMetadata.first(linked.string("headline"), linked.string("name")));
        Element shown = shown(metadata.headings(), List.of(headline, open, tag), site);
        if (shown != null) {
            return new PageTitle(plain(shown.text()), shown);
        }
        Element lower = within(metadata.subheadings(), PageMetadata.first(open, tag));
        if (lower != null
                && metadata.headings().stream()
                        .noneMatch(heading -> isHeadline(plain(heading.text()), site)
                                && heading.text().length() > 20)) {
            return new PageTitle(plain(lower.text()), lower);
        }
        List<Element> headings = metadata.headings().stream()
                .filter(heading -> isHeadline(plain(heading.text()), site)
                        && !isLogo(heading, plain(heading.text()), List.of(tag)))
                .toList();
        Element only = headings.size() == 1 ? headings.get(0) : null;
        if (!headline.isEmpty()) {
            return new PageTitle(withoutSite(headline, site), only);
        }
        if (only != null && plain(only.text()).split("\\s+").length >= 3) {
            return new PageTitle(plain(only.text()), only);
        }
        String text = !open.isEmpty() ? open : !tag.isEmpty() ? tag : only == null ? "" : plain(only.text());
        return new PageTitle(withoutSite(text, site), only);
    }

    /** The heading that says what the metadata say, if less or more of it. */
    private static @Nullable Element shown(List<Element> headings, List<String> told, String site) {
        for (String title : told) {
            for (Element heading : headings) {
                String text = plain(heading.text());
                if (isHeadline(text, site) && !isLogo(heading, text, told) && !title.isEmpty() && agree(text, title)) {
                    return heading;
                }
            }
        }
        return null;
    }

    /** A heading of a lower level, all of which stands in the title. */
    private static @Nullable Element within(List<Element> headings, @Nullable String title) {
        String told = title == null ? "" : key(title);
        for (Element heading : headings) {
            String shown = key(heading.text());
            if (shown.length() >= 15 && shown.length() * 2 >= told.length() && told.contains(shown)) {
                return heading;
            }
        }
        return null;
    }

    /** The site's name as a heading: it leads to the front page, or stands last in the title element. */
    private static boolean isLogo(Element heading, String text, List<String> told) {
        Element link = heading.selectFirst("a[href]");
        if (link != null
                && (link.attr("href").equals("/") || link.absUrl("href").matches("https?://[^/]+/?"))) {
            return true;
        }
        String[] parts = parts(told.get(told.size() - 1));
        boolean last = parts.length > 1 && key(parts[parts.length - 1]).equals(key(text));
        return last
                && !key(parts[0]).equals(key(text))
                && told.stream().noneMatch(title -> key(title).equals(key(text)));
    }

    private static boolean isHeadline(String text, String site) {
        return text.length() > 2 && text.length() <= HEADING_MAX && !text.equalsIgnoreCase(site);
    }

    private static boolean agree(String shown, String told) {
        String a = key(shown);
        String b = key(told);
        if (a.isEmpty() || b.isEmpty()) {
            return false;
        }
        // A lone word begins many titles; a headline is longer, or all that stands before the site's name.
        boolean whole = a.equals(b) || key(parts(told)[0]).equals(a);
        boolean part = (a.length() >= 12 && b.contains(a)) || (b.length() >= 20 && a.startsWith(b));
        return whole || part || likeness(shown, told) >= ALIKE;
    }

    private static double likeness(String one, String other) {
        Set<String> words = words(one);
        Set<String> others = words(other);
        Set<String> both = new HashSet<>(words);
        both.retainAll(others);
        int fewer = Math.min(words.size(), others.size());
        return fewer < 4 ? 0 : (double) both.size() / Math.max(fewer, Math.max(words.size(), others.size()) * 0.7);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))));
    }

    /** The title without the site's name at its end or beginning. */
    private static String withoutSite(String title, String site) {
        List<String> parts = new ArrayList<>(List.of(parts(title)));
        if (parts.size() < 2) {
            return title;
        }
        String last = parts.get(parts.size() - 1);
        String first = parts.get(0);
        if (!site.isEmpty() && key(first).equals(key(site))) {
            return title.substring(title.indexOf(parts.get(1), first.length())).strip();
        }
        boolean named =
                !site.isEmpty() && (key(last).contains(key(site)) || key(site).contains(key(last)));
        int kept = title.length() - last.length();
        // Without a name to compare with, what is short and stands behind a bar or a dash at the end is one.
        boolean likely =
                site.isEmpty() && last.length() <= 40 && kept > 1.2 * last.length() && !title.contains(": " + last);
        if (!named && !likely) {
            return title;
        }
        String rest = title.substring(0, kept).replaceFirst("[\\s|\\-–—·•»«:_｜]+$", "");
        return rest.isEmpty() ? title : rest;
    }

    /** At least one. */
    private static String[] parts(String title) {
        return SEPARATOR.split(title, -1);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : PlainText.title(text.replace("\u00AD", "").replace("\u200B", ""));
    }

    /** Letters and digits in lower case: how two headlines are compared. */
    static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
