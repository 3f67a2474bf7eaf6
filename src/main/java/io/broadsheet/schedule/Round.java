package io.broadsheet.schedule;

import io.broadsheet.article.Collect;
import io.broadsheet.db.Database;
import io.broadsheet.edition.DueEditions;
import io.broadsheet.feed.PublishFeeds;
import io.broadsheet.newsletter.CadenceDefinition;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.progress.Progress;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceStore;
import io.broadsheet.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round from sources to readers: collects what is due, publishes what changed, and sends each new article to those who want it as it comes. Safe
 * for several threads, as the operations it calls are.
 */
public final class Round {
    /** With no source at all, or none due sooner: a source that is added wakes the schedule itself. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    private final Pause stopping = new Pause();
    private final Database database;
    private final Clock clock;
    private final SourceStore sources;
    private final NewsletterStore newsletters;
    private final Collect collect;
    private final PublishFeeds publishFeeds;
    private final DueEditions dueEditions;

    public Round(
            Database database,
            Clock clock,
            SourceStore sources,
            NewsletterStore newsletters,
            Collect collect,
            PublishFeeds publishFeeds,
            DueEditions dueEditions) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
        this.newsletters = newsletters;
        this.collect = collect;
        this.publishFeeds = publishFeeds;
        this.dueEditions = dueEditions;
    }

    /** Collects, and answers when the next source is due. */
    public Instant collect() {
        do {
            if (collect.due(Progress.NONE).isChanged()) {
                followUp();
            }
            // As long as visits are under way the job is ours, so that no other node visits the same sources.
        } while (collect.isUnderWay() && !stopping.stoppedWithin(BETWEEN_ROUNDS));
        Instant latest = clock.instant().plus(LONGEST);
        return collect.nextDue().filter(next -> next.isBefore(latest)).orElse(latest);
    }

    /** Visits that are under way are waited for no more. */
    public void stop() {
        stopping.stop();
    }

    /** Takes in what slow sources brought after their round. */
    public void takeLate() {
        if (collect.late().isChanged()) {
            followUp();
        }
    }

    /** Collects these sources now, because something in their folders changed. */
    public void collect(Set<String> names) {
        List<String> open = database.read(sources::open).stream()
                .filter(source -> source.paused() == null)
                .map(Source::name)
                .filter(names::contains)
                .toList();
        if (!open.isEmpty() && collect.named(open, Progress.NONE).isChanged()) {
            followUp();
        }
    }

    /** What follows when articles changed, whoever collected them. */
    public void followUp() {
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> publishFeeds.build(Progress.NONE));
        for (String newsletter : thatSendEach()) {
            steps.add(() -> dueEditions.run(newsletter, CadenceDefinition.EACH));
        }
        all(steps);
    }

    /** A full disk must not keep mail back, nor one newsletter another: each step is taken, then the first failure is told. */
    private static void all(List<Runnable> steps) {
        @Nullable RuntimeException first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private List<String> thatSendEach() {
        return database.read(newsletters::open).stream()
                .filter(newsletter ->
                        newsletter.definition().cadences().stream().anyMatch(CadenceDefinition::isEach))
                .map(Newsletter::name)
                .toList();
    }
}
