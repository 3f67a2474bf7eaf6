package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import io.broadsheet.article.Candidate;
import io.broadsheet.db.Tx;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.subscriber.SubscriberId;
import io.broadsheet.subscriber.SubscriptionStore.Reader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets what of an edition: what became eligible for a reader up to one instant, and what never reached them, less what they had. It only reads,
 * a page of readers at a time; composing writes down what it answers, a preview shows it. Its size depends on the articles, not on the readers. Used
 * by one thread.
 */
final class Plan {
    /** Readers per page. Composing takes in a page per transaction, which must stay under 250 ms. */
    static final int PAGE = 1_000;
    /** New articles an edition looks at, the newest. A mail with more links than this is none; only a flood that nobody held gets here. */
    static final int CANDIDATES_MAX = 2_000;
    /** What was refused longer ago isn't news any more. */
    static final Duration GIVEN_BACK = Duration.ofDays(30);
    /** Lists of other editions that are kept from page to page, each as long as an edition; beyond that they are read again. */
    private static final int KEPT_VARIANTS = 1_000;
    /** Shares kept from page to page. Most readers have one of a few; those with a history of their own come by once. */
    private static final int KEPT_SHARES = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Plan.class);
    private static final Comparator<Candidate> NEWEST_FIRST = Comparator.comparing(Candidate::eligible)
            .thenComparing(Candidate::id)
            .reversed();

    private final EditionStores stores;
    private final Terms terms;
    private final Floors floors;
    private final List<Candidate> backlog;
    private final Map<VariantId, List<Candidate>> contents = new HashMap<>();
    private final Map<Due, Share> shares = new HashMap<>();
    /** Whether the newsletter holds what never reached a reader of it, or of another newsletter. */
    private final Map<ArticleId, Boolean> selected = new HashMap<>();
    /** Newest first: all that became eligible after {@code windowFrom}. */
    private List<Candidate> window;

    private Instant windowFrom;

    /**
     * What is asked.
     *
     * @param edition the one that is composed: what it holds already doesn't count as had; 0 for a preview
     * @param cadence absent: readers of every cadence
     * @param zoneSlot with a cadence in readers' own zones: the slot, which must be one in a reader's zone; absent: all zones
     */
    record Terms(
            Newsletter newsletter,
            EditionId edition,
            @Nullable CadenceDefinition cadence,
            @Nullable Instant zoneSlot,
            Instant asOf,
            boolean byHand,
            int backlog,
            ZoneId siteZone) {
        EditionStore.Before before() {
            return new EditionStore.Before(asOf, edition.value() == 0 ? Long.MAX_VALUE : edition.value());
        }
    }

    /** One reader's share; empty when nothing is due to them. */
    record Dealt(Reader reader, Share share) {}

    /** What decides a share: how many of the window's articles count, what was had, what was missed since when, and the language. */
    private record Due(
            int window,
            Set<VariantId> had,
            Set<Missed> missed,
            Instant missedSince,
            @Nullable String language) {
        static Due of(Reader reader, int window, @Nullable Set<VariantId> had, Set<Missed> missed) {
            return new Due(
                    window,
                    had == null ? Set.of() : had,
                    missed,
                    missed.isEmpty() ? Instant.EPOCH : reader.dueAfter(),
                    reader.language());
        }
    }

    private Plan(EditionStores stores, Terms terms, Floors floors, List<Candidate> backlog, List<Candidate> window) {
        this.stores = stores;
        this.terms = terms;
        this.floors = floors;
        this.backlog = backlog;
        this.window = window;
        this.windowFrom = floors.base();
    }

    static Plan of(Tx tx, EditionStores stores, Terms terms) {
        Floors floors = Floors.of(tx, stores, terms);
        List<Candidate> backlog = terms.backlog() == 0
                ? List.of()
                : stores.articles()
                        .eligibleBacklog(tx, terms.newsletter().definition().select(), terms.backlog());
        return new Plan(stores, terms, floors, backlog, eligible(tx, stores, terms, floors.base()));
    }

    /** How many articles became news since the last edition. */
    int news() {
        return (int)
                window.stream().filter(one -> one.eligible().isAfter(from())).count();
    }

    /** Since when, for those who were there. */
    Instant from() {
        return floors.base();
    }

    /** The readers after one, a page of them at most; those of other zones left out. Empty only at the end is {@link Page#last} absent. */
    Page page(Tx tx, long after) {
        @Nullable
        String cadence = terms.cadence() == null ? null : terms.cadence().name();
        List<Reader> readers =
                stores.subscriptions().readers(tx, terms.newsletter().id(), cadence, after, PAGE);
        if (readers.isEmpty()) {
            return new Page(0, null, List.of());
        }
        List<Reader> meant = readers.stream().filter(this::isMeant).toList();
        SubscriberId last = readers.get(readers.size() - 1).subscriber();
        return new Page(readers.size(), last, meant.isEmpty() ? List.of() : deal(tx, meant));
    }

    /**
     * A page of readers.
     *
     * @param readers how many were looked at
     * @param last where the next page begins; absent after the last one
     * @param dealt those to whom something is due
     */
    record Page(int readers, @Nullable SubscriberId last, List<Dealt> dealt) {}

    /** What one reader would get. */
    Share share(Tx tx, Reader reader) {
        return deal(tx, List.of(reader)).stream()
                .map(Dealt::share)
                .findFirst()
                .orElseGet(() -> Share.of(List.of(), reader.language()));
    }

    private boolean isMeant(Reader reader) {
        if (terms.cadence() == null
                || terms.zoneSlot() == null
                || !terms.cadence().readerZone()) {
            return true;
        }
        ZoneId zone = Floors.zone(terms.cadence(), reader.timeZone(), terms.siteZone());
        return Floors.isSlot(terms.cadence(), zone, terms.zoneSlot());
    }

    private List<Dealt> deal(Tx tx, List<Reader> readers) {
        forget();
        Map<SubscriberId, Instant> froms = readers.stream().collect(Collectors.toMap(Reader::subscriber, floors::of));
        reach(tx, froms.values().stream().min(Comparator.naturalOrder()).orElseThrow());
        SubscriberId first = readers.get(0).subscriber();
        SubscriberId last = readers.get(readers.size() - 1).subscriber();
        Map<SubscriberId, List<VariantStore.Missed>> missed =
                stores.variants().missed(tx, givenBackSince(), first, last).stream()
                        .collect(Collectors.groupingBy(VariantStore.Missed::subscriber));
        Set<VariantId> missedVariants = missed.values().stream()
                .flatMap(List::stream)
                .map(VariantStore.Missed::variant)
                .collect(Collectors.toSet());
        learn(tx, List.of(missedVariants));
        select(tx, missedVariants);
        Map<SubscriberId, Set<VariantId>> had =
                bySubscriber(stores.variants().had(tx, holding(tx, missedVariants), first, last));
        learn(tx, had.values());
        List<Dealt> dealt = new ArrayList<>();
        for (Reader reader : readers) {
            SubscriberId id = reader.subscriber();
            Due due = Due.of(
                    reader, since(froms.getOrDefault(id, windowFrom)), had.get(id), missed(reader, missed.get(id)));
            Share share = shares.computeIfAbsent(due, this::share);
            if (!share.isEmpty()) {
                dealt.add(new Dealt(reader, share));
            }
        }
        return dealt;
    }

    private Share share(Due due) {
        Map<ArticleId, Candidate> articles = new HashMap<>();
        for (Missed missed : due.missed()) {
            missed(missed.variant())
                    .filter(one -> missed.theirs() || one.eligible().isAfter(due.missedSince()))
                    .forEach(one -> articles.put(one.id(), one));
        }
        backlog.forEach(one -> articles.put(one.id(), one));
        window.subList(0, due.window()).forEach(one -> articles.put(one.id(), one));
        for (VariantId variant : due.had()) {
            contents.getOrDefault(variant, List.of()).forEach(one -> articles.remove(one.id()));
        }
        List<ArticleId> newestFirst = articles.values().stream()
                .sorted(NEWEST_FIRST)
                .limit(CANDIDATES_MAX)
                .map(Candidate::id)
                .toList();
        return Share.of(newestFirst, due.language());
    }

    /**
     * What a delivery that reached nobody held is due again, unless it is old by now, since an address that refuses for years isn't owed years, or
     * older than the subscription. It may have been another newsletter's: while it was on its way, this one left its articles out.
     */
    private Stream<Candidate> missed(VariantId variant) {
        return contents.getOrDefault(variant, List.of()).stream()
                .filter(one -> one.eligible().isAfter(givenBackSince()))
                .filter(one -> selected.getOrDefault(one.id(), false));
    }

    /**
     * One list that never reached a reader.
     *
     * @param theirs whether it was dealt to this very subscription: then all of it was due, also what is older than the reader's joining
     */
    private record Missed(VariantId variant, boolean theirs) {}

    private Set<Missed> missed(Reader reader, @Nullable List<VariantStore.Missed> missed) {
        if (missed == null) {
            return Set.of();
        }
        return missed.stream()
                .map(one -> new Missed(
                        one.variant(),
                        one.newsletter().equals(terms.newsletter().id())
                                && !one.composed().isBefore(reader.joined())))
                .collect(Collectors.toSet());
    }

    private void select(Tx tx, Set<VariantId> variants) {
        Set<ArticleId> asked = new HashSet<>();
        variants.forEach(variant -> contents.getOrDefault(variant, List.of()).forEach(one -> asked.add(one.id())));
        asked.removeAll(selected.keySet());
        if (!asked.isEmpty()) {
            Set<ArticleId> held =
                    stores.articles().among(tx, terms.newsletter().definition().select(), asked);
            asked.forEach(article -> selected.put(article, held.contains(article)));
        }
    }

    private Instant givenBackSince() {
        return terms.asOf().minus(GIVEN_BACK);
    }

    /** How many of the window's articles became eligible after an instant. */
    private int since(Instant from) {
        int count = 0;
        while (count < window.size() && window.get(count).eligible().isAfter(from)) {
            count++;
        }
        return count;
    }

    /** Looks further back when a reader's time began before the others'; the window only grows at its old end. */
    private void reach(Tx tx, Instant from) {
        if (from.isBefore(windowFrom) && window.size() < CANDIDATES_MAX) {
            window = eligible(tx, stores, terms, from);
            windowFrom = from;
        }
    }

    private static List<Candidate> eligible(Tx tx, EditionStores stores, Terms terms, Instant from) {
        List<Candidate> found = stores.articles()
                .eligible(tx, terms.newsletter().definition().select(), from, terms.asOf(), CANDIDATES_MAX);
        if (found.size() == CANDIDATES_MAX) {
            log.atWarn()
                    .addKeyValue("newsletter", terms.newsletter().name())
                    .addKeyValue("articles-max", CANDIDATES_MAX)
                    .log(
                            "more new articles than an edition takes: the oldest are left out; look for a source that floods");
        }
        return found.stream().sorted(NEWEST_FIRST).toList();
    }

    /** The editions that hold anything that may be dealt now. */
    private Set<EditionId> holding(Tx tx, Set<VariantId> missed) {
        Set<ArticleId> articles = new HashSet<>();
        window.forEach(one -> articles.add(one.id()));
        backlog.forEach(one -> articles.add(one.id()));
        missed.forEach(variant -> missed(variant).forEach(one -> articles.add(one.id())));
        return stores.variants().holding(tx, articles, terms.edition());
    }

    /** Reads the lists of variants that aren't at hand. */
    private void learn(Tx tx, Collection<Set<VariantId>> wanted) {
        Set<VariantId> unknown = new TreeSet<>();
        wanted.forEach(unknown::addAll);
        unknown.removeAll(contents.keySet());
        contents.putAll(stores.variants().articles(tx, unknown));
    }

    /** Between two pages only: within one, all that was had must be at hand, or it would be sent again. */
    private void forget() {
        if (contents.size() > KEPT_VARIANTS) {
            contents.clear();
            selected.clear();
        }
        if (shares.size() > KEPT_SHARES) {
            shares.clear();
        }
    }

    private static Map<SubscriberId, Set<VariantId>> bySubscriber(List<VariantStore.Given> given) {
        Map<SubscriberId, Set<VariantId>> variants = new HashMap<>();
        given.forEach(one -> variants.computeIfAbsent(one.subscriber(), id -> new HashSet<>())
                .add(one.variant()));
        return variants;
    }
}
