package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * When a page says its story was published.
 *
 * @param instant absent when it doesn't say
 * @param from where it was read; absent with it
 */
record PageDate(@Nullable Instant instant, @Nullable String from) {
    /** A date within a line of text, in the forms that {@link Dates} reads. */
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?U)\\d{4}-\\d{1,2}-\\d{1,2}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2})?)?"
                    + "|\\d{4}\\s?[年년]\\s?\\d{1,2}\\s?[月월]\\s?\\d{1,2}\\s?[日일](?:\\s*\\d{1,2}:\\d{2})?"
                    + "|\\d{4}[./]\\d{1,2}[./]\\d{1,2}"
                    + "|\\d{1,2}[./-]\\d{1,2}[./-]\\d{4}(?:,?\\s+\\d{1,2}:\\d{2})?"
                    + "|\\p{L}{3,10}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}(?:,?\\s+(?:at\\s+)?\\d{1,2}:\\d{2}(?:\\s?[aApP]\\.?[mM]\\.?)?)?"
                    + "|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?\\s+(?:de\\s+)?\\p{L}{3,12}\\.?,?\\s+(?:de\\s+)?\\d{4}(?:,?\\s+(?:à\\s+|um\\s+|a las\\s+|às\\s+|alle\\s+|в\\s+)?\\d{1,2}[:.h]\\d{2})?");

    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})(.*)");
    private static final Pattern IN_URL =
            Pattern.compile("/((?:19|20)\\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\\d|3[01])(?![0-9])");
    private static final int LINE_MAX = 200;

    private static final PageDate NONE = new PageDate(null, null);

    private record Claim(@Nullable String text, String from) {}

    /** Reads dates of one page. Used by one thread. */
    static final class Reader {
        private final ZoneId zone;
        private final @Nullable String language;
        private final Notes notes;

        /** @param language whose custom decides which of two numbers is the month; absent: nobody's */
        Reader(ZoneId zone, @Nullable String language, Notes notes) {
            this.zone = zone;
            this.language = language;
            this.notes = notes;
        }

        /** What the metadata says. */
        PageDate published(PageMetadata metadata, JsonLd linked) {
            List<Claim> claims = new ArrayList<>();
            claims.add(new Claim(linked.string("datePublished"), "JSON-LD datePublished"));
            claims.add(new Claim(linked.string("dateCreated"), "JSON-LD dateCreated"));
            claims.add(new Claim(
                    metadata.meta("article:published_time", "og:article:published_time", "og:published_time"),
                    "article:published_time"));
            claims.add(new Claim(metadata.meta("datepublished", "rnews:datepublished"), "datePublished"));
            for (Element dated : metadata.dates()) {
                if (dated.attr("itemprop").equals("datePublished")) {
                    claims.add(new Claim(value(dated), "datePublished"));
                }
            }
            claims.add(new Claim(linked.ofPage("datePublished"), "JSON-LD datePublished"));
            claims.add(new Claim(
                    metadata.meta(
                            "dcterms.date",
                            "dc.date.issued",
                            "dcterms.issued",
                            "dc.date",
                            "dcterms.created",
                            "dc.date.created",
                            "pubdate",
                            "publishdate",
                            "publish_date",
                            "publish-date",
                            "publication_date",
                            "publicationdate",
                            "sailthru.date",
                            "parsely-pub-date",
                            "article.published",
                            "article:publish_date",
                            "cxenseparse:recs:publishtime",
                            "citation_publication_date",
                            "originalpublicationdate",
                            "displaydate",
                            "date",
                            "datecreated",
                            "article.created",
                            "created",
                            "release_date",
                            "dcsext.articlefirstpublished"),
                    "meta date"));
            return read(claims);
        }

        /** What is marked up as a date. */
        PageDate shown(PageMetadata metadata, @Nullable Element heading) {
            Element story = heading == null ? null : heading.closest("article,main,[role=main]");
            List<Claim> sure = new ArrayList<>();
            List<Claim> likely = new ArrayList<>();
            List<Claim> far = new ArrayList<>();
            for (Element time : metadata.times()) {
                if (time.hasAttr("datetime") && !isElsewhere(time)) {
                    boolean said = time.hasAttr("pubdate") || isPublished(time.className());
                    List<Claim> claims = said ? sure : isIn(time, story) ? likely : far;
                    claims.add(new Claim(time.attr("datetime"), "time"));
                }
            }
            for (Element dated : metadata.dates()) {
                boolean changed = dated.className().toLowerCase(Locale.ROOT).contains("updat");
                if (!changed && !isElsewhere(dated)) {
                    boolean said = isPublished(dated.className());
                    List<Claim> claims = said ? sure : isIn(dated, story) ? likely : far;
                    claims.add(new Claim(value(dated), said ? "published" : "date"));
                }
            }
            for (Element time : metadata.times()) {
                likely.add(new Claim(isElsewhere(time) ? null : time.text(), "time"));
            }
            sure.addAll(likely);
            sure.addAll(far);
            return read(sure);
        }

        /** Elements of other parts of the page, such as a clock in its head, are asked last. */
        private static boolean isIn(Element element, @Nullable Element story) {
            return story == null || element.parents().contains(story);
        }

        private static boolean isPublished(String className) {
            String name = className.toLowerCase(Locale.ROOT);
            return name.contains("publish")
                    || name.contains("entry-date")
                    || name.contains("pubdate")
                    || name.contains("posted");
        }

        /** In a list of other stories, or among what readers wrote. */
        private static boolean isElsewhere(Element element) {
            return element.closest(
                            "aside,footer,nav,[class*=comment],[id*=comment],[class*=related],[class*=sidebar],[class*=widget],[class*=recent]")
                    != null;
        }

        private static @Nullable String value(Element element) {
            for (String attribute : new String[] {"datetime", "content", "title"}) {
                String value = element.attr(attribute);
                if (value.matches(".*\\d.*")) {
                    return value;
                }
            }
            Element time = element.selectFirst("time[datetime]");
            return time == null ? RomeEntries.blankToNull(element.text()) : time.attr("datetime");
        }

        /** What a line near the headline says. */
        PageDate inLines(List<String> lines) {
            for (String line : lines) {
                Instant found = line.length() > LINE_MAX ? null : inText(line);
                if (found != null) {
                    return new PageDate(found, "date line");
                }
            }
            return NONE;
        }

        /** What the address says, as {@code /2025/11/21/} does. */
        static PageDate inUrl(@Nullable String url, ZoneId zone) {
            Matcher found = IN_URL.matcher(url == null ? "" : url);
            if (!found.find()) {
                return NONE;
            }
            Instant instant = Dates.read(found.group(1) + "-" + found.group(2) + "-" + found.group(3), zone)
                    .instant();
            return instant == null ? NONE : new PageDate(instant, "URL");
        }

        private PageDate read(List<Claim> claims) {
            for (Claim claim : claims) {
                if (claim.text() != null && claim.text().length() <= LINE_MAX) {
                    Instant instant = read(claim.text());
                    if (instant != null) {
                        return new PageDate(instant, claim.from());
                    }
                    if (claim.text().matches(".*\\d.*") && !claim.from().equals("date")) {
                        notes.add("'" + Safe.text(claim.text()) + "' in " + claim.from()
                                + " is no date, and was left out");
                    }
                }
            }
            return NONE;
        }

        @Nullable
        Instant read(String text) {
            Instant whole = Dates.read(text.strip(), zone).instant();
            return whole == null ? inText(text) : whole;
        }

        private @Nullable Instant inText(String text) {
            Matcher found = IN_TEXT.matcher(text);
            while (found.find()) {
                Instant instant = Dates.read(found.group(), zone).instant();
                if (instant == null && language != null) {
                    instant = byCustom(found.group());
                }
                if (instant != null) {
                    return instant;
                }
            }
            return null;
        }

        /** Where both numbers could be a month, only Americans put it first. */
        private @Nullable Instant byCustom(String text) {
            Matcher slashed = SLASHED.matcher(text);
            if (!slashed.matches()) {
                return null;
            }
            boolean monthFirst = "en-US".equals(language) || "en".equals(language);
            String month = slashed.group(monthFirst ? 1 : 2);
            String day = slashed.group(monthFirst ? 2 : 1);
            return Dates.read(slashed.group(3) + "-" + month + "-" + day + slashed.group(4), zone)
                    .instant();
        }
    }
}
