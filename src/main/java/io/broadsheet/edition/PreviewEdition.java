package io.broadsheet.edition;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleId;
import io.broadsheet.db.Database;
import io.broadsheet.db.Ids;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.Address;
import io.broadsheet.subscriber.Subscriber;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.SubscriptionStore.Reader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What would go to how many, were the edition sent by hand now; by the same reckoning as composing, with nothing written down. */
public final class PreviewEdition {
    /** Distinct variants that are told apart; an edition with more of them is previewed as one of this many. */
    private static final int VARIANTS_MAX = 100_000;

    private final Database database;
    private final Clock clock;
    private final Ids ids;
    private final EditionStores stores;
    private final Letters letters;
    private final ZoneId siteZone;

    public PreviewEdition(
            Database database, Clock clock, Ids ids, EditionStores stores, Letters letters, ZoneId siteZone) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.stores = stores;
        this.letters = letters;
        this.siteZone = siteZone;
    }

    /**
     * What is asked.
     *
     * @param cadence whose readers are meant; absent: those of every cadence
     * @param subscriber whose mail is shown; absent: the first recipient's
     * @param backlog as in {@link ComposeRequest}
     * @param renderAll whether every variant is rendered, not the shown one alone, so that a template that fails for one is found
     */
    public record Request(
            String newsletter,
            @Nullable String cadence,
            @Nullable String subscriber,
            int backlog,
            boolean renderAll) {
        public static Request of(String newsletter, @Nullable String cadence) {
            return new Request(newsletter, cadence, null, 0, false);
        }
    }

    /**
     * What would be sent.
     *
     * @param articles those of the mail that is shown, newest first; when nothing is due, the newest of the newsletter stand in
     * @param recipients how many would be mailed; 0: nothing new
     * @param why nothing would be sent; absent when something would
     * @param message the mail that is shown; to a stand-in reader when there are no recipients
     */
    public record Preview(
            List<ArticleView> articles,
            long recipients,
            int variants,
            @Nullable String why,
            RenderedMail mail,
            OutgoingMessage message) {}

    /** Where a preview was written. */
    public record Written(Path html, Path text, Path eml) {}

    /** @throws UserError when there is no such newsletter, cadence or subscriber, or a template fails; says file and line */
    public Preview preview(Request request, Progress progress) {
        Scope scope = scope(request);
        Counted counted = count(scope, request, progress);
        @Nullable Share share = request.subscriber() == null ? counted.first() : null;
        Subscriber reader = counted.reader() == null ? standIn() : subscriber(counted.reader());
        if (request.subscriber() != null) {
            Address address = Address.of(request.subscriber());
            reader = database.read(tx -> stores.subscribers().find(tx, address))
                    .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
            share = share(scope, reader);
        }
        return show(scope, request, counted, share, reader);
    }

    /**
     * The articles that are due to one reader now, newest first; empty: nothing is. Looks at no other reader.
     *
     * @throws UserError when there is no such newsletter, cadence or subscriber, or they don't take it
     */
    public List<Article> due(String newsletter, String cadence, String email) {
        Address address = Address.of(email);
        Subscriber reader = database.read(tx -> stores.subscribers().find(tx, address))
                .orElseThrow(() -> new UserError("no subscriber has this address; see 'subscriber list'"));
        Scope scope = scope(Request.of(newsletter, cadence));
        Share share = share(scope, reader);
        return database.read(tx -> stores.articles().list(tx, share.articles()));
    }

    /** The same mail as a test copy to one address, subscriber or not; it is no delivery, and its unsubscribe link ends nothing. */
    public OutgoingMessage testCopy(Request request, String to) {
        Address address = Address.of(to);
        Scope scope = scope(request);
        Counted counted = count(scope, request, Progress.NONE);
        Subscriber reader = new Subscriber(new SubscriberId(0), address, null, null, null, clock.instant());
        return show(scope, request, counted, counted.first(), reader).message();
    }

    /**
     * Writes a preview's three files into a folder, which is made where it is missing.
     *
     * @throws OutsideError when the disk refuses
     */
    public Written write(Preview preview, Path folder) {
        Written files = new Written(
                folder.resolve("preview.html"), folder.resolve("preview.txt"), folder.resolve("preview.eml"));
        try {
            Files.createDirectories(folder);
            Files.writeString(files.html(), preview.mail().html(), StandardCharsets.UTF_8);
            Files.writeString(files.text(), preview.mail().text(), StandardCharsets.UTF_8);
            Files.write(files.eml(), preview.message().bytes());
        } catch (IOException e) {
            throw new OutsideError(folder + ": the preview can't be written; look for room and rights there", true, e);
        }
        return files;
    }

    private record Scope(
            Newsletter newsletter,
            @Nullable CadenceDefinition cadence,
            Instant slot,
            Plan plan,
            Plan.Terms terms,
            List<Retraction> retractions) {}

    private record Counted(
            long recipients,
            int variants,
            @Nullable SubscriberId reader,
            @Nullable Share first) {}

    private Scope scope(Request request) {
        Instant now = clock.instant();
        return database.read(tx -> {
            Newsletter newsletter = stores.newsletters().get(tx, request.newsletter());
            @Nullable
            CadenceDefinition cadence = request.cadence() == null ? null : newsletter.cadence(request.cadence());
            Plan.Terms terms =
                    new Plan.Terms(newsletter, new EditionId(0), cadence, null, now, true, request.backlog(), siteZone);
            List<Retraction> retractions = stores.retractions()
                    .due(tx, new RetractionStore.Asked(newsletter.id(), terms.edition(), request.cadence(), now));
            return new Scope(newsletter, cadence, now, Plan.of(tx, stores, terms), terms, retractions);
        });
    }

    private Counted count(Scope scope, Request request, Progress progress) {
        @Nullable
        String cadence = scope.cadence() == null ? null : scope.cadence().name();
        progress.total(database.read(
                tx -> stores.subscriptions().active(tx, scope.newsletter().id(), cadence)));
        Set<String> variants = new HashSet<>();
        long recipients = 0;
        long readers = 0;
        @Nullable SubscriberId reader = null;
        @Nullable Share first = null;
        @Nullable SubscriberId last = new SubscriberId(0);
        while (last != null) {
            long after = last.value();
            Plan.Page page = database.read(tx -> scope.plan().page(tx, after));
            for (Plan.Dealt dealt : page.dealt()) {
                boolean unseen = variants.size() < VARIANTS_MAX
                        && variants.add(dealt.share().fingerprint());
                if (first == null) {
                    first = dealt.share();
                    reader = dealt.reader().subscriber();
                }
                if (unseen && request.renderAll()) {
                    Personal personal = letters.personal(
                            scope.newsletter(), subscriber(dealt.reader().subscriber()));
                    render(scope, dealt.share()).mail().forReader(personal);
                }
            }
            recipients += page.dealt().size();
            readers += page.readers();
            progress.done(readers);
            last = page.last();
        }
        return new Counted(recipients, variants.size(), reader, first);
    }

    private Share share(Scope scope, Subscriber subscriber) {
        Instant now = clock.instant();
        return database.read(tx -> {
            Optional<Reader> reader = stores.subscriptions()
                    .find(tx, scope.newsletter().id(), subscriber.id())
                    .map(one -> new Reader(
                            subscriber.id(),
                            one.cadence(),
                            one.joined() == null ? now : one.joined(),
                            one.dueAfter() == null ? now : one.dueAfter(),
                            subscriber.language(),
                            subscriber.timeZone()));
            return reader.map(one -> scope.plan().share(tx, one))
                    .orElseThrow(() -> new UserError("this subscriber doesn't take newsletter "
                            + scope.newsletter().name() + "; see 'subscriber show'"));
        });
    }

    private Preview show(Scope scope, Request request, Counted counted, @Nullable Share share, Subscriber reader) {
        boolean due = share != null && !share.isEmpty();
        Share shown = share != null && due ? share : Share.of(newest(scope), reader.language());
        Rendered rendered = render(scope, shown);
        @Nullable
        String why = counted.recipients() > 0
                ? null
                : database.read(tx -> Why.nobodyIsDue(tx, stores, scope.terms(), scope.plan()));
        return new Preview(
                rendered.articles(),
                counted.recipients(),
                counted.variants(),
                why,
                rendered.mail().forReader(letters.personal(scope.newsletter(), reader)),
                letters.copy(scope.newsletter(), rendered.mail(), reader, ids.next()));
    }

    private List<ArticleId> newest(Scope scope) {
        int maximum = scope.newsletter().definition().maximum();
        return database.read(tx ->
                stores.articles().newest(tx, scope.newsletter().definition().select(), maximum).stream()
                        .map(Article::id)
                        .toList());
    }

    private record Rendered(List<ArticleView> articles, RenderedVariant mail) {}

    private Rendered render(Scope scope, Share share) {
        int maximum = Math.min(
                scope.newsletter().definition().maximum(), share.articles().size());
        List<Article> articles =
                database.read(tx -> stores.articles().list(tx, share.articles().subList(0, maximum)));
        String cadence = scope.cadence() == null
                ? CadenceDefinition.BY_HAND
                : scope.cadence().name();
        int more = share.articles().size() - maximum;
        return new Rendered(
                letters.views(scope.newsletter().definition(), articles),
                letters.render(
                        scope.newsletter().definition(),
                        new Contents(articles, more, scope.retractions()),
                        cadence,
                        scope.slot(),
                        share.language()));
    }

    private Subscriber subscriber(SubscriberId id) {
        return database.read(tx -> stores.subscribers().find(tx, id).orElseThrow());
    }

    private Subscriber standIn() {
        return new Subscriber(
                new SubscriberId(0), new Address("reader@example.org"), null, null, null, clock.instant());
    }
}
