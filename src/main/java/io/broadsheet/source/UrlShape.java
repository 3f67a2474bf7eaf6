package io.broadsheet.source;

import io.broadsheet.http.RegistrableDomain;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What URLs look like: of one site, of one pattern, of a story, of a file. Reads them leniently, as they stand in pages. */
final class UrlShape {
    private static final Pattern FILE = Pattern.compile(
            "(?i).*\\.(?:pdf|docx?|xlsx?|pptx?|odt|zip|gz|rar|jpe?g|png|gif|webp|svg|tiff?|mp3|mp4|m4a|mov|avi|wav|xml|rss|atom|json|ics|vcf|css|js|txt)");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(?:html?|php|aspx?|cfm|jsp)$");

    /** Pages about pages: lists by tag, author or month, accounts, the small print. */
    private static final Set<String> LISTS = Set.of(
            "tag",
            "tags",
            "category",
            "categories",
            "author",
            "authors",
            "topic",
            "topics",
            "search",
            "login",
            "page",
            "schlagwort",
            "kategorie",
            "autor",
            "etiqueta",
            "categoria",
            "etiquette",
            "categorie");

    private static final Set<String> HOUSE = Set.of(
            "about",
            "about-us",
            "contact",
            "contact-us",
            "contacts",
            "privacy",
            "privacy-policy",
            "terms",
            "terms-of-use",
            "imprint",
            "impressum",
            "datenschutz",
            "kontakt",
            "accessibility",
            "sitemap",
            "subscribe",
            "unsubscribe",
            "faq",
            "help",
            "careers",
            "jobs",
            "team",
            "home",
            "index",
            "feed",
            "rss",
            "legal",
            "disclaimer",
            "cookies");

    private UrlShape() {}

    static @Nullable URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String host(String url) {
        URI uri = uri(url);
        return uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody who owns one of the hosts owns the other: by the domain that can be registered. */
    static boolean sameSite(String one, String other) {
        String host = host(one);
        return !host.isEmpty() && RegistrableDomain.of(host).equals(RegistrableDomain.of(host(other)));
    }

    /** Path parts that are not empty. */
    static List<String> parts(String url) {
        URI uri = uri(url);
        String path = uri == null || uri.getRawPath() == null ? "" : uri.getRawPath();
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** The pattern of a path: numbers are {@code #}, names of single stories {@code *}, other parts stand as they are; a query's values are {@code *}. */
    static String of(String url) {
        StringBuilder shape = new StringBuilder();
        for (String part : parts(url)) {
            shape.append('/').append(shape(part));
        }
        URI uri = uri(url);
        String query = uri == null || uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                shape.append(shape.indexOf("?") < 0 ? '?' : '&')
                        .append(pair, 0, equals)
                        .append("=*");
            }
        }
        return shape.toString();
    }

    private static String shape(String part) {
        String name = ENDING.matcher(part).replaceFirst("");
        if (DIGITS.matcher(name).matches()) {
            return "#";
        }
        boolean story = name.chars().filter(c -> c == '-' || c == '_').count() >= 2
                || name.length() >= 20
                || name.contains("%")
                || name.chars().anyMatch(Character::isDigit);
        return story ? "*" : name.toLowerCase(Locale.ROOT);
    }

    /** Whether it looks like the address of one story: a long name, a number, or a query with one. */
    static boolean isStory(String url) {
        String shape = of(url);
        return shape.contains("*") || shape.contains("#");
    }

    /** Whether it is surely no story: a file, a front page, a list, or the small print. */
    static boolean isNoStory(String url) {
        List<String> parts = parts(url);
        URI uri = uri(url);
        if (uri == null || FILE.matcher(String.valueOf(uri.getRawPath())).matches()) {
            return true;
        }
        if (parts.isEmpty()) {
            return uri.getRawQuery() == null || uri.getRawQuery().isEmpty();
        }
        for (int at = 0; at < parts.size() - 1; at++) {
            if (LISTS.contains(parts.get(at).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        String last =
                ENDING.matcher(parts.get(parts.size() - 1)).replaceFirst("").toLowerCase(Locale.ROOT);
        return LISTS.contains(last) || HOUSE.contains(last);
    }

    /** The URL as a key: without scheme, {@code www.}, the last slash, tracking parameters. */
    static String key(String url) {
        String bare = url.replaceFirst("(?i)^https?://(?:www\\.)?", "")
                .replaceFirst("#.*$", "")
                .replaceAll("(?i)([?&])utm_[^&]*", "$1")
                .replaceFirst("[?&]+$", "");
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
