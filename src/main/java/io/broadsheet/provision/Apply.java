package io.broadsheet.provision;

import io.broadsheet.config.ConfigHash;
import io.broadsheet.config.Home;
import io.broadsheet.db.Database;
import io.broadsheet.db.FactStore;
import io.broadsheet.db.Node;
import io.broadsheet.db.NodePlace;
import io.broadsheet.db.Tx;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.error.UserError;
import io.broadsheet.feed.Feed;
import io.broadsheet.feed.FeedDefinition;
import io.broadsheet.feed.FeedStore;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterDefinition;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.newsletter.TemplateSyntax;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the database's definitions those of the config files. A removed one is closed, never deleted: its feed answers 410, its newsletter sends
 * nothing. What runs (paused by hand, back-off, learned addresses) is left alone. Safe to repeat.
 */
public final class Apply {
    private static final Logger log = LoggerFactory.getLogger(Apply.class);

    /** The fact that holds the hash of the config files applied last. */
    private static final String CONFIG = "config";
    /** The fact that holds whose files they were. */
    private static final String APPLIED_BY = "config-by";

    private final Home home;
    private final TemplateSyntax syntax;
    private final Database database;
    private final Clock clock;
    private final SourceStore sources;
    private final FeedStore feeds;
    private final NewsletterStore newsletters;
    private final EditionStore editions = new EditionStore();
    private final FactStore facts = new FactStore();

    public Apply(
            Home home,
            TemplateSyntax syntax,
            Database database,
            Clock clock,
            SourceStore sources,
            FeedStore feeds,
            NewsletterStore newsletters) {
        this.home = home;
        this.syntax = syntax;
        this.database = database;
        this.clock = clock;
        this.sources = sources;
        this.feeds = feeds;
        this.newsletters = newsletters;
    }

    /**
     * Applies the files as they are now.
     *
     * @throws UserError naming everything that is wrong in them; nothing was changed then
     */
    public Applied apply() {
        String hash = ConfigHash.of(home);
        Definitions definitions = Definitions.read(home, syntax).orThrow();
        Applied applied = database.write(tx -> {
            List<Applied.Change> changes = new ArrayList<>();
            plans(tx, definitions).forEach(plan -> changes.addAll(plan.carryOut()));
            facts.put(tx, CONFIG, hash, clock.instant());
            facts.put(tx, APPLIED_BY, NodePlace.of(home.folder()), clock.instant());
            return new Applied(changes);
        });
        applied.changes()
                .forEach(change -> log.atInfo()
                        .addKeyValue("kind", change.kind())
                        .addKeyValue("name", change.name())
                        .log("definition {}", change.change()));
        return applied;
    }

    /**
     * Applies the files if they are not those applied last; otherwise reads one row.
     *
     * @throws UserError when another node serves what its own home's files say, and ours say something else: two such nodes would undo one
     *     another's definitions for ever. {@link #apply}, asked for by hand, settles whose hold.
     */
    public void ifChanged() {
        if (appliedHash().equals(Optional.of(ConfigHash.of(home)))) {
            return;
        }
        if (!isAnotherNodes()) {
            apply();
        } else if (!dryRun().changes().isEmpty()) {
            throw new UserError(
                    "config: it differs from what the other nodes on this database serve; give this home the same files,"
                            + " or run 'broadsheet apply' here and copy these to the others");
        }
    }

    /** Whether the files applied last are those of another home on this database, which is being served. */
    private boolean isAnotherNodes() {
        if (database.address().isSqlite()) {
            return false;
        }
        Optional<String> by = database.read(tx -> facts.find(tx, APPLIED_BY));
        return by.isPresent()
                && !by.get().equals(NodePlace.of(home.folder()))
                && Node.serveLives(database, home.data());
    }

    /**
     * What {@link #apply} would change.
     *
     * @throws UserError naming everything that is wrong in the files
     */
    public Applied dryRun() {
        Definitions definitions = Definitions.read(home, syntax).orThrow();
        return database.read(tx -> new Applied(plans(tx, definitions).stream()
                .flatMap(plan -> plan.changes().stream())
                .toList()));
    }

    /** The hash of the files applied last; a running {@code serve} sees by it that another process applied some. */
    public Optional<String> appliedHash() {
        return database.read(tx -> facts.find(tx, CONFIG));
    }

    private List<Plan<?>> plans(Tx tx, Definitions wanted) {
        Instant now = clock.instant();
        return List.of(
                new Plan<>(
                        "source",
                        byName(sources.open(tx), Source::provisioned, Source::definition, SourceDefinition::name),
                        byName(wanted.sources(), one -> true, one -> one, SourceDefinition::name),
                        definition -> sources.put(tx, definition, true, now),
                        name -> sources.close(tx, name, now)),
                new Plan<>(
                        "feed",
                        byName(feeds.open(tx), Feed::provisioned, Feed::definition, FeedDefinition::name),
                        byName(wanted.feeds(), one -> true, one -> one, FeedDefinition::name),
                        definition -> feeds.put(tx, definition, true, now),
                        name -> feeds.close(tx, name, now)),
                new Plan<>(
                        "newsletter",
                        byName(
                                newsletters.open(tx),
                                Newsletter::provisioned,
                                Newsletter::definition,
                                NewsletterDefinition::name),
                        byName(wanted.newsletters(), one -> true, one -> one, NewsletterDefinition::name),
                        definition -> newsletters.put(tx, definition, true, now),
                        name -> close(tx, name, now)));
    }

    /** A newsletter that is closed sends nothing, also what it was just about to. */
    private void close(Tx tx, String name, Instant now) {
        newsletters
                .find(tx, name)
                .ifPresent(
                        newsletter -> editions.pauseAll(
                                tx,
                                newsletter.id(),
                                "newsletter " + name
                                        + " was taken out of config/newsletters.yml; put it back and resume this, or cancel it"));
        newsletters.close(tx, name, now);
    }

    private static <R, D> Map<String, D> byName(
            List<R> rows, Function<R, Boolean> provisioned, Function<R, D> definition, Function<D, String> name) {
        Map<String, D> byName = new TreeMap<>();
        for (R row : rows) {
            if (provisioned.apply(row)) {
                byName.put(name.apply(definition.apply(row)), definition.apply(row));
            }
        }
        return byName;
    }

    /** One kind of definition: what there is, what is wanted, and how to get from one to the other. */
    private record Plan<D>(
            String kind, Map<String, D> present, Map<String, D> wanted, Consumer<D> put, Consumer<String> close) {
        List<Applied.Change> changes() {
            List<Applied.Change> changes = new ArrayList<>();
            wanted.forEach((name, definition) -> {
                if (!present.containsKey(name)) {
                    changes.add(new Applied.Change(kind, name, "added"));
                } else if (!definition.equals(present.get(name))) {
                    changes.add(new Applied.Change(kind, name, "changed"));
                }
            });
            present.keySet().stream()
                    .filter(name -> !wanted.containsKey(name))
                    .forEach(name -> changes.add(new Applied.Change(kind, name, "removed")));
            return changes;
        }

        List<Applied.Change> carryOut() {
            List<Applied.Change> changes = changes();
            for (Applied.Change change : changes) {
                D definition = wanted.get(change.name());
                if (definition == null) {
                    close.accept(change.name());
                } else {
                    put.accept(definition);
                }
            }
            return changes;
        }
    }
}
