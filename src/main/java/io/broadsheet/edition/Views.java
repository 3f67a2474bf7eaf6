package io.broadsheet.edition;

import io.broadsheet.article.Article;
import io.broadsheet.config.Settings;
import io.broadsheet.html.PlainText;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.template.Direction;
import io.broadsheet.template.Locality;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What templates see, made from what we know. Safe for several threads, because nothing changes. */
final class Views {
    private final Settings.Site site;
    private final Settings.Mail mail;
    private final Tokens tokens;

    Views(Settings.Site site, Settings.Mail mail, Tokens tokens) {
        this.site = site;
        this.mail = mail;
        this.tokens = tokens;
    }

    /**
     * A variant's content.
     *
     * @param language of the mail around the articles; absent: the newsletter's
     */
    DigestContent content(NewsletterDefinition newsletter, Contents contents, Instant slot, @Nullable String language) {
        String around = language(newsletter, language);
        List<ArticleView> articles = contents.articles().stream()
                .map(article -> article(article, newsletter))
                .toList();
        List<RetractionView> retractions = contents.retractions().stream()
                .map(one -> retraction(one, newsletter))
                .toList();
        @Nullable String moreUrl = contents.more() == 0 ? null : site.url() + "/";
        EditionView edition = new EditionView(articles, contents.more(), moreUrl, retractions, slot, null);
        return new DigestContent(site(), newsletter(newsletter, around), edition);
    }

    SiteView site() {
        return new SiteView(site.title(), site.url(), mail.postalAddress() == null ? "" : mail.postalAddress());
    }

    NewsletterView newsletter(NewsletterDefinition newsletter, String language) {
        String description = newsletter.description() == null ? "" : newsletter.description();
        return new NewsletterView(newsletter.title(), newsletter.name(), description, language, Direction.of(language));
    }

    Personal personal(NewsletterId newsletter, Subscriber subscriber) {
        return new Personal(reader(subscriber), new LinksView(unsubscribe(newsletter, subscriber.id())));
    }

    ReaderView reader(Subscriber subscriber) {
        return new ReaderView(
                subscriber.name() == null ? "" : subscriber.name(),
                subscriber.address().mailbox(),
                subscriber.language() == null ? "" : subscriber.language());
    }

    /** Stands for any reader where only what all share is wanted. */
    Personal nobody() {
        return new Personal(new ReaderView("", "", ""), new LinksView(site.url() + "/"));
    }

    String unsubscribe(NewsletterId newsletter, SubscriberId subscriber) {
        return site.url() + "/u/" + tokens.unsubscribe(newsletter, subscriber);
    }

    /** The address a mail to which unsubscribes; absent where none is configured. */
    @Nullable
    String unsubscribeMail(NewsletterId newsletter, SubscriberId subscriber) {
        @Nullable String box = mail.feedback().unsubscribeAddress();
        if (box == null) {
            return null;
        }
        int at = box.lastIndexOf('@');
        return box.substring(0, at) + "+" + tokens.unsubscribeByMail(newsletter, subscriber) + box.substring(at);
    }

    String confirm(NewsletterId newsletter, SubscriberId subscriber, Instant expires) {
        return site.url() + "/confirm/" + tokens.confirm(newsletter, subscriber, expires);
    }

    String language(NewsletterDefinition newsletter, @Nullable String language) {
        if (language != null) {
            return language;
        }
        return newsletter.language() == null ? site.language() : newsletter.language();
    }

    /** Dates are written on the wall clock of the cadence, since a variant is shared by readers of all zones. */
    Locality locality(NewsletterDefinition newsletter, String cadence, @Nullable String language) {
        ZoneId zone = newsletter.cadences().stream()
                .filter(one -> one.name().equals(cadence) && one.timeZone() != null)
                .map(one -> one.timeZone())
                .findFirst()
                .orElse(site.timeZone());
        return Locality.of(language(newsletter, language), zone);
    }

    private RetractionView retraction(Retraction one, NewsletterDefinition newsletter) {
        String language = one.language() == null ? language(newsletter, null) : one.language();
        return new RetractionView(one.title(), one.mailed(), one.note(), language, Direction.of(language));
    }

    private ArticleView article(Article article, NewsletterDefinition newsletter) {
        String language = article.language() == null ? language(newsletter, null) : article.language();
        return new ArticleView(
                article.title(),
                article.url() == null ? site.url() + "/a/" + article.id() : article.url(),
                article.author(),
                article.unit(),
                article.published(),
                article.published() == null ? article.collected() : article.published(),
                article.summary() == null ? "" : PlainText.of(article.summary()),
                article.content() == null ? "" : article.content(),
                language,
                Direction.of(language));
    }
}
