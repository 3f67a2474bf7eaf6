package io.broadsheet.article;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number that a publishing platform gives a page, which outlives its headline and its place in the menu: within one host, the same number is the
 * same page, however the rest of the path reads.
 */
final class PlatformKey {
    /** AFPIMS writes {@code /News/Article-Display/Article/3178115/slug/}; the path's case and slug are free. */
    private static final Pattern AFPIMS =
            Pattern.compile("(?i)/(?:[a-z-]*display|[a-z-]*view)/article/(\\d{1,9})(?:/[^/]*)?$");

    /** Other sites' shape of it. Shorter numbers are often an issue or a year, and eight digits a day. */
    private static final Pattern ARTICLE =
            Pattern.compile("(?i)/article/((?!(?:19|20)\\d\\d(?:/|$))\\d{4,7})(?:/[^/]*)?$");

    /** Drupal; the language before it is kept, since a translation is a page of its own. */
    private static final Pattern DRUPAL = Pattern.compile("^((?:/[a-z]{2}(?:-[a-z]{2,4})?)?/node/\\d+)$");

    private static final Pattern DVIDS = Pattern.compile("^/news/(\\d+)(?:/[^/]*)?$");
    private static final String DVIDS_HOST = "dvidshub.net";

    /** WordPress; {@code page_id} and post types other than posts have numbers of the same row. */
    private static final Pattern WORDPRESS = Pattern.compile("(?:^|&)p=(\\d+)(?:&|$)");

    private PlatformKey() {}

    /** @return the host, and the platform's number with a word for the platform */
    static Optional<String> of(CanonicalUrl url) {
        Matcher drupal = DRUPAL.matcher(url.path());
        if (drupal.find()) {
            return Optional.of(url.host() + " drupal " + drupal.group(1));
        }
        Matcher wordpress = WORDPRESS.matcher(url.query());
        if (wordpress.find() && url.path().lastIndexOf('.') < 0) {
            return Optional.of(url.host() + url.path() + " wordpress " + wordpress.group(1));
        }
        if (url.host().equals(DVIDS_HOST)) {
            return number(DVIDS, url, " dvids ");
        }
        return number(AFPIMS, url, " article ").or(() -> number(ARTICLE, url, " article "));
    }

    private static Optional<String> number(Pattern pattern, CanonicalUrl url, String platform) {
        Matcher number = pattern.matcher(url.path());
        return number.find() ? Optional.of(url.host() + platform + number.group(1)) : Optional.empty();
    }
}
