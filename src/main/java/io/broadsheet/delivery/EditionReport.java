package io.broadsheet.delivery;

import io.broadsheet.edition.Edition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an edition has come. Its JSON is {@code edition send}'s and {@code edition show}'s.
 *
 * @param edition absent for a test copy and a dry run, which are no editions
 * @param state the edition's, or {@code test} or {@code dry-run}
 * @param unknown outcomes that nobody knows, held ones included
 * @param queued waiting or in hand
 * @param cancelled taken back before they went out
 * @param articles that it holds, whoever of its readers gets them, newest first
 * @param why in a few words, for people: what it holds, or why it holds nothing; absent when there is nothing to say
 */
public record EditionReport(
        @Nullable String edition,
        String state,
        long recipients,
        long accepted,
        long deferred,
        long refused,
        long suppressed,
        long unknown,
        long queued,
        long cancelled,
        @Nullable Instant slot,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable String subject,
        List<Held> articles,
        @Nullable String why) {
    public EditionReport {
        articles = List.copyOf(articles);
    }

    /**
     * One article that an edition holds.
     *
     * @param id absent in a dry run, which is no edition
     * @param url absent for one without a page of its own
     */
    public record Held(
            @Nullable String id, String title, @Nullable String url) {}

    static EditionReport of(Edition edition, Counts counts, List<Held> articles, @Nullable String why) {
        return new EditionReport(
                edition.id().toString(),
                edition.state().word(),
                edition.recipients(),
                counts.of(DeliveryState.ACCEPTED),
                counts.of(DeliveryState.DEFERRED),
                counts.of(DeliveryState.REFUSED),
                counts.of(DeliveryState.SUPPRESSED),
                counts.of(DeliveryState.UNKNOWN) + counts.of(DeliveryState.HELD),
                counts.underway(),
                counts.of(DeliveryState.CANCELLED),
                edition.slot(),
                edition.started(),
                edition.ended(),
                edition.subject(),
                articles,
                why);
    }

    /** What is no edition: a test copy, or a dry run. */
    static EditionReport without(String state, long recipients, long accepted, long refused, @Nullable String why) {
        return new EditionReport(
                null, state, recipients, accepted, 0, refused, 0, 0, 0, 0, null, null, null, null, List.of(), why);
    }

    /** Whether nobody was left without it who should have it. */
    public boolean isWhole() {
        return !state.equals(Edition.State.PAUSED.word()) && deferred + refused + unknown + queued + cancelled == 0;
    }
}
