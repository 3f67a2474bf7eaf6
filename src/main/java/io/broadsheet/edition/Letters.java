package io.broadsheet.edition;

import io.broadsheet.article.Article;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Database;
import io.broadsheet.dkim.Signer;
import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Header;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.Mailbox;
import io.broadsheet.mail.MailingList;
import io.broadsheet.mail.OneLine;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterId;
import io.broadsheet.subscriber.OutboxStore;
import io.broadsheet.subscriber.Subscribe;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.Tokens;
import io.broadsheet.template.Locality;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages: one delivery's from its variant, which is rendered once and kept at hand, and the mail that asks to confirm. Safe for several
 * threads: each variant is made by one of them while those that want the same wait, and those that want another don't.
 */
public final class Letters {
    /** Variants at hand, each up to some hundred KiB; the senders work on one edition or two at a time. */
    private static final int KEPT_MAX = 64;

    private final Database database;
    private final Clock clock;
    private final EditionStores stores;
    private final RenderDigest renderDigest;
    private final RenderConfirmation renderConfirmation;
    private final MessageIds messageIds;
    private final ReturnPaths returnPaths;
    private final Settings.Site site;
    private final Settings.Mail mail;
    private final Signer signer;
    private final Views views;
    private final String host;
    private final Map<VariantId, Ready> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VariantId, Ready> eldest) {
            return size() > KEPT_MAX;
        }
    };

    public Letters(
            Database database,
            Clock clock,
            EditionStores stores,
            RenderDigest renderDigest,
            RenderConfirmation renderConfirmation,
            MessageIds messageIds,
            ReturnPaths returnPaths,
            Tokens tokens,
            Settings.Site site,
            Settings.Mail mail,
            Signer signer) {
        this.database = database;
        this.clock = clock;
        this.stores = stores;
        this.renderDigest = renderDigest;
        this.renderConfirmation = renderConfirmation;
        this.messageIds = messageIds;
        this.returnPaths = returnPaths;
        this.site = site;
        this.mail = mail;
        this.signer = signer;
        this.views = new Views(site, mail, tokens);
        this.host = host(site);
    }

    /**
     * The message of one delivery; the same Message-ID each time, the date of now.
     *
     * @throws io.broadsheet.error.UserError when the newsletter's template fails; says file and line
     */
    public OutgoingMessage message(EditionId edition, VariantId variant, Subscriber subscriber) {
        Rendered rendered = rendered(edition, variant);
        Names names = new Names(messageIds.of(edition, subscriber.id()), returnPaths.of(edition, subscriber.id()));
        return message(
                rendered.edition().newsletter(), rendered.edition().definition(), rendered.mail(), subscriber, names);
    }

    /**
     * What tells one mail from all others.
     *
     * @param returnPath absent: bounces go to whom it is from
     */
    private record Names(String messageId, @Nullable String returnPath) {}

    /** The Message-ID of one delivery. */
    public String messageId(EditionId edition, SubscriberId subscriber) {
        return messageIds.of(edition, subscriber);
    }

    /** The mail that asks to confirm; its link works for seven days from when it was asked for. */
    public OutgoingMessage confirmation(OutboxStore.Confirmation asked, Newsletter newsletter, Subscriber subscriber) {
        Instant expires = asked.created().plus(Subscribe.CONFIRMATION_LASTS);
        String language = views.language(newsletter.definition(), subscriber.language());
        ConfirmView view = new ConfirmView(
                views.site(),
                views.newsletter(newsletter.definition(), language),
                views.reader(subscriber),
                views.confirm(newsletter.id(), subscriber.id(), expires),
                expires);
        RenderedMail rendered = renderConfirmation.render(view, Locality.of(language, site.timeZone()));
        EncodedBody body = EncodedBody.of(Holed.cut(rendered.text(), List.of()), Holed.cut(rendered.html(), List.of()));
        Letter letter = letter(
                newsletter.definition(),
                subscriber,
                new Names(
                        messageIds.ofConfirmation(asked.id(), subscriber.id()),
                        returnPaths.ofConfirmation(asked.id(), subscriber.id())),
                Letter.AUTOMATIC);
        return signer.sign(letter.write(rendered.subject(), body.fill(List.of(), List.of())));
    }

    /** The subject of an edition as the readers of its first variant see it. */
    String subject(EditionId edition) {
        VariantId first =
                database.read(tx -> stores.variants().first(tx, edition).orElseThrow());
        return rendered(edition, first).mail().forReader(views.nobody()).subject();
    }

    /** A variant that was never written down, for previews and test copies. */
    RenderedVariant render(
            NewsletterDefinition newsletter,
            Contents contents,
            String cadence,
            Instant slot,
            @Nullable String language) {
        return renderDigest.render(
                views.content(newsletter, contents, slot, language),
                newsletter.template(),
                newsletter.subject(),
                views.locality(newsletter, cadence, language));
    }

    /** Articles as a template sees them. */
    List<ArticleView> views(NewsletterDefinition newsletter, List<Article> articles) {
        return views.content(newsletter, new Contents(articles, 0, List.of()), clock.instant(), null)
                .edition()
                .articles();
    }

    /** A message that is no delivery. */
    OutgoingMessage copy(Newsletter newsletter, RenderedVariant rendered, Subscriber subscriber, long any) {
        return message(
                newsletter.id(),
                newsletter.definition(),
                rendered,
                subscriber,
                new Names(messageIds.ofCopy(any), null));
    }

    /** The personal values of a preview. */
    Personal personal(Newsletter newsletter, Subscriber subscriber) {
        return views.personal(newsletter.id(), subscriber);
    }

    private OutgoingMessage message(
            NewsletterId id,
            NewsletterDefinition newsletter,
            RenderedVariant rendered,
            Subscriber subscriber,
            Names names) {
        MailingList list = new MailingList(newsletter.name() + "." + host, newsletter.title(), null, null, null);
        List<Header> headers =
                list.headers(views.unsubscribe(id, subscriber.id()), views.unsubscribeMail(id, subscriber.id()));
        OutgoingMessage message =
                rendered.message(letter(newsletter, subscriber, names, headers), views.personal(id, subscriber));
        return signer.sign(message);
    }

    private Letter letter(NewsletterDefinition newsletter, Subscriber subscriber, Names names, List<Header> headers) {
        Mailbox from = newsletter.from() == null ? mailbox(mail.from()) : Mailbox.parse(newsletter.from());
        @Nullable
        Mailbox replyTo = newsletter.replyTo() != null
                ? Mailbox.parse(newsletter.replyTo())
                : mail.replyTo() == null ? null : mailbox(mail.replyTo());
        Mailbox to = new Mailbox(
                subscriber.name() == null ? "" : OneLine.of(subscriber.name()),
                subscriber.address().mailbox());
        return new Letter(
                names.returnPath() == null ? from.address() : names.returnPath(),
                from,
                to,
                replyTo,
                names.messageId(),
                ZonedDateTime.ofInstant(clock.instant(), site.timeZone()),
                headers);
    }

    private static Mailbox mailbox(io.broadsheet.config.Mailbox configured) {
        return new Mailbox(OneLine.of(configured.name()), configured.address());
    }

    /** What stands behind the at sign of Message-IDs, and ends List-Ids. */
    public static String host(Settings.Site site) {
        return Objects.requireNonNull(URI.create(site.url()).getHost(), "a site's URL has a host");
    }

    private Rendered rendered(EditionId edition, VariantId variant) {
        Ready ready;
        synchronized (kept) {
            ready = kept.computeIfAbsent(variant, id -> new Ready());
        }
        return ready.get(edition, variant);
    }

    private record Rendered(Edition edition, RenderedVariant mail) {}

    /** A variant's place; whoever comes first fills it, and what failed is tried again by the next. */
    private final class Ready {
        private @Nullable Rendered rendered;

        synchronized Rendered get(EditionId edition, VariantId variant) {
            if (rendered == null) {
                rendered = render(edition, variant);
            }
            return rendered;
        }
    }

    private Rendered render(EditionId editionId, VariantId variantId) {
        record Read(Edition edition, @Nullable String language, Contents contents) {}
        Read read = database.read(tx -> {
            VariantStore.Variant variant = stores.variants().find(tx, variantId).orElseThrow();
            return new Read(
                    stores.editions().find(tx, editionId).orElseThrow(),
                    variant.language(),
                    new Contents(
                            stores.articles().list(tx, variant.shown()),
                            variant.more(),
                            stores.retractions().of(tx, editionId)));
        });
        Edition edition = read.edition();
        RenderedVariant mailOfVariant =
                render(edition.definition(), read.contents(), edition.cadence(), edition.slot(), read.language());
        return new Rendered(edition, mailOfVariant);
    }
}
