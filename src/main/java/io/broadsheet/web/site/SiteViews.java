package io.broadsheet.web.site;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the public pages' templates see: one record per template, named for it, and the parts they share. */
public final class SiteViews {
    /** A form field that people never see; a filled one means that a machine filled the form. */
    public static final String HONEYPOT = "website";

    private SiteViews() {}

    /**
     * The installation, on every page under {@code $site}.
     *
     * @param url public base of every link, without a slash at the end
     * @param language BCP 47 tag of the pages' own words
     * @param dir {@code ltr} or {@code rtl}
     * @param postalAddress in one line; empty when none is configured
     * @param styles URL of the style sheet
     * @param feeds all, for autodiscovery
     */
    public record Site(
            String title,
            String url,
            String language,
            String dir,
            String postalAddress,
            String styles,
            List<Feed> feeds) {
        public Site {
            feeds = List.copyOf(feeds);
        }
    }

    /**
     * A feed with the URLs of its three forms.
     *
     * @param description one sentence; empty when there is none
     */
    public record Feed(String name, String title, String description, String rss, String atom, String json) {}

    /**
     * A newsletter that can be subscribed to.
     *
     * @param description one sentence; empty when there is none
     * @param subscribeUrl the page with its form, which also takes the form's POST
     */
    public record Newsletter(String name, String title, String description, String subscribeUrl) {}

    /**
     * One article in a list.
     *
     * @param url its page
     * @param author absent when unknown
     * @param unit the office or unit that released it; absent when unknown
     * @param date {@code published}, else when it was collected
     * @param summary plain text; empty when there is none
     * @param dir {@code ltr} or {@code rtl}
     */
    public record Headline(
            String title,
            String url,
            @Nullable String author,
            @Nullable String unit,
            Instant date,
            String summary,
            String language,
            String dir) {}

    /**
     * One article in full.
     *
     * @param sourceUrl where it was first published; absent when only we have a page of it
     * @param published when its source says it was published; absent when it does not say
     * @param date {@code published}, else when it was collected
     * @param content sanitised HTML, for {@code $html.raw(…)}
     */
    public record Story(
            String title,
            @Nullable String sourceUrl,
            @Nullable String author,
            @Nullable String unit,
            @Nullable Instant published,
            Instant date,
            String summary,
            String content,
            String language,
            String dir) {}

    /**
     * A cadence to choose.
     *
     * @param label for people, such as {@code Every day}
     * @param chosen whether it is preselected
     */
    public record Cadence(String name, String label, boolean chosen) {}

    /** {@code web/site/home}: newest articles first. */
    public record Home(Site site, List<Headline> articles, List<Newsletter> newsletters) {
        public Home {
            articles = List.copyOf(articles);
            newsletters = List.copyOf(newsletters);
        }
    }

    /** {@code web/site/article}. */
    public record Article(Site site, Story article) {}

    /**
     * {@code web/site/subscribe}: the form posts {@code email}, {@code cadence} and {@link #HONEYPOT}.
     *
     * @param cadences none or one: nothing to choose
     * @param email what was typed before; empty at first
     * @param problem what is wrong with it and the mend; empty when nothing is
     */
    public record Subscribe(Site site, Newsletter newsletter, List<Cadence> cadences, String email, String problem) {
        public Subscribe {
            cadences = List.copyOf(cadences);
        }
    }

    /** {@code web/site/subscribed}: the same for every address, known or not. */
    public record Subscribed(Site site, Newsletter newsletter) {}

    /**
     * {@code web/site/confirm}: a button, because scanners open links.
     *
     * @param action where the button posts to
     */
    public record Confirm(Site site, Newsletter newsletter, String action) {}

    /** {@code web/site/confirmed}. */
    public record Confirmed(Site site, Newsletter newsletter) {}

    /**
     * {@code web/site/unsubscribe}.
     *
     * @param action where the button posts to
     */
    public record Unsubscribe(Site site, Newsletter newsletter, String action) {}

    /** {@code web/site/unsubscribed}. */
    public record Unsubscribed(Site site, Newsletter newsletter) {}

    /**
     * {@code web/site/error}.
     *
     * @param status such as 404
     * @param heading what happened, in a few words
     * @param message what the visitor can do
     */
    public record Error(Site site, int status, String heading, String message) {}
}
