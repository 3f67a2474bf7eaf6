package io.broadsheet.web.site;

import io.broadsheet.article.Article;
import io.broadsheet.config.Settings;
import io.broadsheet.error.UserError;
import io.broadsheet.feed.FeedFormat;
import io.broadsheet.feed.Links;
import io.broadsheet.feed.PublishedFeed;
import io.broadsheet.feed.PublishedFeeds;
import io.broadsheet.html.PlainText;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.template.Direction;
import io.broadsheet.template.Locality;
import io.broadsheet.template.Templates;
import io.broadsheet.web.ErrorPage;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the public pages: turns what we know into what their templates see. Safe for several threads, because it never changes. */
public final class Pages implements ErrorPage {
    private final Templates templates;
    private final Settings.Site site;
    private final String postalAddress;
    private final PublishedFeeds feeds;
    private final Links links;
    private final Locality locality;
    /** The public base as a browser sees it behind its host: empty, or {@code /news}. Forms and styles stay on the host that served the page. */
    private final String base;

    public Pages(Templates templates, Settings settings, PublishedFeeds feeds) {
        this.templates = templates;
        this.site = settings.site();
        String postal = settings.mail().postalAddress();
        this.postalAddress = postal == null ? "" : postal;
        this.feeds = feeds;
        this.links = new Links(site.url());
        this.locality = Locality.of(site.language(), site.timeZone());
        @Nullable String path = URI.create(site.url()).getRawPath();
        this.base = path == null ? "" : path;
    }

    @Override
    public String mediaType() {
        return "text/html; charset=utf-8";
    }

    @Override
    public String write(int status, String heading, String message) {
        return render("error", new SiteViews.Error(site(), status, heading, message));
    }

    String home(Newsroom.Front front) {
        List<SiteViews.Headline> headlines =
                front.articles().stream().map(this::headline).toList();
        List<SiteViews.Newsletter> newsletters =
                front.newsletters().stream().map(this::newsletter).toList();
        return render("home", new SiteViews.Home(site(), headlines, newsletters));
    }

    String article(Article article) {
        return render("article", new SiteViews.Article(site(), story(article)));
    }

    /**
     * The subscribe form.
     *
     * @param email what was typed before; empty at first
     * @param problem what is wrong with it; empty when nothing is
     */
    String subscribe(Newsletter newsletter, String email, String problem) {
        return render("subscribe", new SiteViews.Subscribe(site(), newsletter(newsletter), List.of(), email, problem));
    }

    String subscribed(Newsletter newsletter) {
        return render("subscribed", new SiteViews.Subscribed(site(), newsletter(newsletter)));
    }

    String confirm(Newsletter newsletter, String token) {
        return render("confirm", new SiteViews.Confirm(site(), newsletter(newsletter), base + "/confirm/" + token));
    }

    String confirmed(Newsletter newsletter) {
        return render("confirmed", new SiteViews.Confirmed(site(), newsletter(newsletter)));
    }

    String unsubscribe(Newsletter newsletter, String token) {
        return render("unsubscribe", new SiteViews.Unsubscribe(site(), newsletter(newsletter), base + "/u/" + token));
    }

    String unsubscribed(Newsletter newsletter) {
        return render("unsubscribed", new SiteViews.Unsubscribed(site(), newsletter(newsletter)));
    }

    private String render(String page, Record view) {
        try {
            return templates.render("web/site/" + page, view, locality);
        } catch (UserError e) {
            // The visitor asked for nothing wrong: it is the admin's template, and the log says where.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private SiteViews.Site site() {
        return new SiteViews.Site(
                site.title(),
                site.url(),
                site.language(),
                Direction.of(site.language()),
                postalAddress,
                base + Style.PATH + "?" + Style.VERSION,
                feeds.open().stream().map(this::feed).toList());
    }

    private SiteViews.Feed feed(PublishedFeed feed) {
        return new SiteViews.Feed(
                feed.name(),
                feed.title(),
                feed.description().equals(feed.title()) ? "" : feed.description(),
                links.feed(feed.name(), FeedFormat.RSS),
                links.feed(feed.name(), FeedFormat.ATOM),
                links.feed(feed.name(), FeedFormat.JSON));
    }

    private SiteViews.Newsletter newsletter(Newsletter newsletter) {
        String description = newsletter.definition().description();
        return new SiteViews.Newsletter(
                newsletter.name(),
                newsletter.definition().title(),
                description == null ? "" : description,
                base + "/subscribe/" + newsletter.name());
    }

    private SiteViews.Headline headline(Article article) {
        return new SiteViews.Headline(
                article.title(),
                links.page(article.id()),
                article.author(),
                article.unit(),
                article.published() == null ? article.collected() : article.published(),
                summary(article),
                language(article),
                Direction.of(language(article)));
    }

    private SiteViews.Story story(Article article) {
        String content = article.content() == null ? article.summary() : article.content();
        return new SiteViews.Story(
                article.title(),
                article.url(),
                article.author(),
                article.unit(),
                article.published(),
                article.published() == null ? article.collected() : article.published(),
                summary(article),
                content == null ? "" : content,
                language(article),
                Direction.of(language(article)));
    }

    /** The summary, or else the text, as plain text in one line; the template cuts it. */
    private static String summary(Article article) {
        String html = article.summary() == null ? article.content() : article.summary();
        return html == null ? "" : PlainText.of(html).replaceAll("\\s+", " ").strip();
    }

    private String language(Article article) {
        String own = article.language();
        return own == null ? site.language() : own;
    }
}
