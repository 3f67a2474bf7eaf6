package io.broadsheet.article;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as it is compared, so that all the ways to write one page's address are one: RFC 3986 §6.2, and what sites are known to add or vary. It is
 * a key only; what is shown and linked stays as it was seen.
 *
 * @param host lower case, A-labels, without {@code www.}, {@code m.} and their like, with a port that is not the usual one
 * @param path empty, or from a slash on and without one at its end; percent-encoded; its case as given
 * @param query parameters in order, without those that only track; empty when there is none
 * @param fragment empty when it names no part that could be a page of its own
 */
record CanonicalUrl(String host, String path, String query, String fragment) {
    private static final Pattern PARTS = Pattern.compile(
            "(?i)https?://(?:[^/?#@]*@)?(\\[[0-9a-f:.]+]|[^/?#:\\s]+)(?::(\\d*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

    /** Names that serve the same pages for another kind of reader. */
    private static final Pattern HOST_PREFIX = Pattern.compile("^(?:www\\d?|m|mobile|amp)\\.(?=[^.]+\\.)");

    /** What servers take at most, rounded up; normalising takes time by the square of it. */
    private static final int LENGTH_MAX = 10_000;

    private static final Pattern INDEX = Pattern.compile("/index\\.(?:html?|php|aspx?)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** Parts of a page that share widgets and comment links point to. */
    private static final Pattern NO_PAGE_OF_ITS_OWN =
            Pattern.compile("(?i)(?:|respond|comments|top|ref|ref=.*|xtor=.*|:~:text.*|utm_.*)");

    /** @return nothing for what is no absolute http(s) URL */
    static Optional<CanonicalUrl> of(String url) {
        if (url.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher parts = PARTS.matcher(Normalizer.normalize(url.strip(), Normalizer.Form.NFC));
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new CanonicalUrl(
                host(parts.group(1), orEmpty(parts.group(2))),
                path(parts.group(3)),
                query(orEmpty(parts.group(4))),
                fragment(orEmpty(parts.group(5)))));
    }

    /** Without the scheme, since http and https are one. */
    String key() {
        return host + path + (query.isEmpty() ? "" : "?" + query) + (fragment.isEmpty() ? "" : "#" + fragment);
    }

    /** Whether it is a site's front page, which stands for no article. */
    boolean isRoot() {
        return path.isEmpty() && query.isEmpty() && fragment.isEmpty();
    }

    private static String host(String given, String port) {
        String host = given.toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        host = ascii(host);
        Matcher prefix = HOST_PREFIX.matcher(host);
        while (prefix.find()) {
            host = host.substring(prefix.end());
            prefix = HOST_PREFIX.matcher(host);
        }
        boolean usual = port.isEmpty() || port.equals("80") || port.equals("443");
        return usual ? host : host + ":" + port;
    }

    private static String ascii(String host) {
        if (host.startsWith("[")) {
            return host;
        }
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            // Labels that DNS can't hold: as a key the name serves as it stands.
            return host;
        }
    }

    private static String path(String given) {
        String path = withoutDots(encoded(given).replaceAll("/{2,}", "/"));
        while (true) {
            String shorter = INDEX.matcher(path).replaceFirst("");
            if (shorter.endsWith("/")) {
                shorter = shorter.substring(0, shorter.length() - 1);
            }
            if (shorter.endsWith(".amp.html")) {
                shorter = shorter.substring(0, shorter.length() - ".amp.html".length()) + ".html";
            } else if (shorter.endsWith("/amp") && shorter.length() > "/amp".length()) {
                shorter = shorter.substring(0, shorter.length() - "/amp".length());
            }
            if (shorter.equals(path)) {
                return path;
            }
            path = shorter;
        }
    }

    /** RFC 3986 §5.2.4. */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (kept.size() > 1) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!segment.equals(".")) {
                kept.add(segment);
            }
        }
        return String.join("/", kept);
    }

    private static String query(String given) {
        List<String> kept = new ArrayList<>();
        for (String parameter : given.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (!parameter.isEmpty() && !Tracking.isTracking(name, value)) {
                kept.add(encoded(parameter));
            }
        }
        Collections.sort(kept);
        return String.join("&", kept);
    }

    private static String fragment(String given) {
        int directive = given.indexOf(":~:text");
        String fragment = directive < 0 ? given : given.substring(0, directive);
        return NO_PAGE_OF_ITS_OWN.matcher(fragment).matches() ? "" : encoded(fragment);
    }

    /** Percent-encoding in one form: upper-case digits, unreserved characters plain, all beyond ASCII encoded (RFC 3986 §6.2.2). */
    private static String encoded(String part) {
        String upper = ENCODED.matcher(part).replaceAll(found -> {
            int octet = Integer.parseInt(found.group(1), 16);
            boolean unreserved = octet < 0x80 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
            return unreserved ? Character.toString(octet) : "%" + found.group(1).toUpperCase(Locale.ROOT);
        });
        StringBuilder plain = new StringBuilder(upper.length());
        upper.codePoints().forEach(point -> {
            if (point > 0x20 && point < 0x7F) {
                plain.append((char) point);
            } else {
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    plain.append(String.format("%%%02X", octet));
                }
            }
        });
        return plain.toString();
    }

    @SuppressWarnings("NullAway") // A group that took no part is null, which the annotated JDK doesn't say.
    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }
}
