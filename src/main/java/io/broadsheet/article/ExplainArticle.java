package io.broadsheet.article;

import io.broadsheet.article.Explanation.Decided;
import io.broadsheet.article.Explanation.PrimarySource;
import io.broadsheet.article.Explanation.Seen;
import io.broadsheet.article.Explanation.SelectedBy;
import io.broadsheet.article.Explanation.Stands;
import io.broadsheet.article.RulingStore.Ruling;
import io.broadsheet.article.WordingStore.Current;
import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import io.broadsheet.source.SourceStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells all that is known of one article: each sighting with the rule that joined it, and where it was published and mailed. */
public final class ExplainArticle {
    private final Database database;
    private final SourceStore sources;
    private final ArticleStore articles;
    private final String siteUrl;
    private final SightingStore sightings = new SightingStore();
    private final RulingStore rulings = new RulingStore();
    private final WordingStore wordings = new WordingStore();
    private final ExplanationStore explanations = new ExplanationStore();

    /** @param siteUrl public base of our pages, without a trailing slash */
    public ExplainArticle(Database database, SourceStore sources, ArticleStore articles, String siteUrl) {
        this.database = database;
        this.sources = sources;
        this.articles = articles;
        this.siteUrl = siteUrl;
    }

    /** @throws UserError when there is no such article */
    public Explanation explain(ArticleId id) {
        return database.read(tx -> {
            Article article = articles.find(tx, id)
                    .orElseThrow(() -> new UserError(
                            "explain article: there is no article " + id + "; 'article list' shows the newest"));
            List<Source> all = sources.all(tx);
            List<Sighting> seen = sightings.ofArticles(tx, List.of(id));
            Standing standing = articles.standing(tx, id).orElseThrow();
            return new Explanation(
                    ListedArticle.of(article, seen.size(), standing.word(), siteUrl),
                    seen(seen, all),
                    selectedBy(tx, article, seen, all),
                    explanations.mailedIn(tx, id),
                    primary(tx, id, seen, all),
                    stands(standing),
                    rulings.of(tx, id).stream().map(ExplainArticle::decided).toList());
        });
    }

    /** One that was joined to another has no sightings of its own, and so none. */
    private @Nullable PrimarySource primary(Tx tx, ArticleId id, List<Sighting> seen, List<Source> all) {
        Current current = wordings.current(tx, List.of(id)).get(id);
        if (seen.isEmpty() || current == null) {
            return null;
        }
        Map<SourceId, Source> known = byId(all);
        Primary primary = Primary.of(seen, current.fingerprint(), known::get);
        Source source = Objects.requireNonNull(known.get(primary.source()));
        return new PrimarySource(source.name(), primary.rule().word());
    }

    private static Map<SourceId, Source> byId(List<Source> all) {
        return all.stream().collect(Collectors.toMap(Source::id, source -> source));
    }

    private static List<Seen> seen(List<Sighting> sightings, List<Source> all) {
        Map<SourceId, Source> known = byId(all);
        return IntStream.range(0, sightings.size())
                .mapToObj(at -> seen(
                        sightings.get(at),
                        Objects.requireNonNull(known.get(sightings.get(at).source())),
                        at + 1))
                .toList();
    }

    private static Seen seen(Sighting one, Source source, int number) {
        return new Seen(
                source.name(),
                source.definition().kind().name().toLowerCase(Locale.ROOT),
                one.guid(),
                one.url(),
                one.seen(),
                one.eligible(),
                one.joinedBy(),
                one.likeness(),
                number);
    }

    private static Stands stands(Standing standing) {
        ArticleId joinedTo = standing.joinedTo();
        return new Stands(
                standing.word().word(),
                standing.why(),
                standing.since(),
                joinedTo == null ? null : joinedTo.toString());
    }

    private static Decided decided(Ruling ruling) {
        ArticleId other = ruling.other();
        return new Decided(ruling.what(), other == null ? null : other.toString(), ruling.note(), ruling.at());
    }

    private List<SelectedBy> selectedBy(Tx tx, Article article, List<Sighting> sightings, List<Source> all) {
        Selectable selectable = new Selectable(
                article.id(),
                article.title(),
                article.author(),
                article.language(),
                article.categories(),
                article.summary(),
                article.content(),
                article.collected());
        return explanations.selections(tx).stream()
                .filter(selecting -> {
                    SelectionMatcher matcher = new SelectionMatcher(selecting.selection(), all);
                    return matcher.matches(selectable)
                            && sightings.stream().anyMatch(one -> matcher.matches(one.source(), article.categories()));
                })
                .map(selecting -> new SelectedBy(selecting.kind(), selecting.name()))
                .toList();
    }
}
