package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.edition.Edition;
import io.broadsheet.newsletter.NewsletterDefinition.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells how an edition came about, how far it has come, and what keeps it. */
public final class ExplainEdition {
    private static final int DOMAINS_MAX = 20;
    private static final int REPLIES_MAX = 10;

    private final Database database;
    private final ShowEdition showEdition;
    private final DeliverySwitch deliverySwitch;
    private final ExplanationStore store = new ExplanationStore();

    public ExplainEdition(Database database, ShowEdition showEdition, DeliverySwitch deliverySwitch) {
        this.database = database;
        this.showEdition = showEdition;
        this.deliverySwitch = deliverySwitch;
    }

    /**
     * How an edition stands.
     *
     * @param next when the first deferred delivery is tried again; absent when none is
     * @param domains the receiving domains with most readers, at most 20
     * @param replies that those were met with who did not get it, the most frequent first, at most 10
     * @param said the whole in sentences
     */
    public record Explained(
            EditionReport edition,
            String newsletter,
            String cadence,
            boolean byHand,
            @Nullable Instant next,
            List<Domain> domains,
            List<Met> replies,
            List<String> said) {
        public Explained {
            domains = List.copyOf(domains);
            replies = List.copyOf(replies);
            said = List.copyOf(said);
        }
    }

    /** How the deliveries to one receiving domain stand; those that are none of the three wait, or were taken back. */
    public record Domain(String domain, long deliveries, long accepted, long deferred, long refused) {}

    /**
     * A reply, and how many deliveries met it last.
     *
     * @param meaning in words; absent when it is no server's
     */
    public record Met(String state, String reply, @Nullable String meaning, long deliveries) {}

    /** @throws io.broadsheet.error.UserError when there is no such edition */
    public Explained explain(String id) {
        Optional<DeliverySwitch.Stopped> stopped = deliverySwitch.stopped();
        return database.read(tx -> {
            Edition edition = showEdition.find(tx, id);
            EditionReport report = showEdition.report(tx, edition.id(), null);
            @Nullable Instant next = store.nextTry(tx, edition.id()).orElse(null);
            List<Domain> domains = store.domains(tx, edition.id(), DOMAINS_MAX).stream()
                    .map(one ->
                            new Domain(one.domain(), one.deliveries(), one.accepted(), one.deferred(), one.refused()))
                    .toList();
            List<Met> replies = store.replies(tx, edition.id(), REPLIES_MAX).stream()
                    .map(one -> new Met(
                            one.state().word(),
                            one.reply(),
                            Meaning.of(one.reply()).orElse(null),
                            one.deliveries()))
                    .toList();
            return new Explained(
                    report,
                    edition.definition().name(),
                    edition.cadence(),
                    edition.byHand(),
                    next,
                    domains,
                    replies,
                    said(edition, report, next, stopped));
        });
    }

    private static List<String> said(
            Edition edition, EditionReport report, @Nullable Instant next, Optional<DeliverySwitch.Stopped> stopped) {
        List<String> said = new ArrayList<>();
        said.add(
                edition.byHand()
                        ? "An admin sent it by hand at " + ExplainDelivery.moment(edition.started()) + "."
                        : "It was composed at " + ExplainDelivery.moment(edition.started()) + " for the slot "
                                + ExplainDelivery.moment(edition.slot()) + ".");
        said.add("It takes what became news after " + ExplainDelivery.moment(edition.from()) + ", up to "
                + ExplainDelivery.moment(edition.asOf()) + ".");
        said.add(state(edition, report));
        if (report.deferred() > 0 && next != null) {
            said.add(report.deferred() + " wait for another attempt; the first is made at "
                    + ExplainDelivery.moment(next) + ".");
        }
        if (report.refused() > 0) {
            said.add(report.refused() + " were refused or given up; their articles are due to these readers again.");
        }
        if (report.unknown() > 0) {
            said.add("Of " + report.unknown() + " nobody knows whether they arrived; "
                    + (edition.definition().unknown() == Unknown.HOLD
                            ? "'broadsheet edition settle " + edition.id() + "' decides."
                            : "they are sent again under the same Message-ID."));
        }
        if (report.queued() > 0) {
            stopped.ifPresent(why -> said.add("All mail waits: " + why.line() + "."));
        }
        return said;
    }

    private static String state(Edition edition, EditionReport report) {
        String ended = edition.ended() == null ? "" : " at " + ExplainDelivery.moment(edition.ended());
        return switch (edition.state()) {
            case COMPOSING -> "It is still composed; nothing has gone out.";
            case SENDING ->
                "It is on its way: " + report.accepted() + " of " + report.recipients() + " accepted, "
                        + report.queued() + " queued.";
            case PAUSED ->
                "It is paused: " + (report.why() == null ? "nobody said why" : report.why())
                        + ". 'broadsheet edition resume " + edition.id() + "' lets it go on.";
            case CANCELLED -> "It was cancelled" + ended + "; " + report.accepted() + " had it by then.";
            case SENT -> "All is done" + ended + ": " + report.accepted() + " of " + report.recipients() + " accepted.";
            case NOTHING_NEW -> "Nobody was due anything, so nothing was sent.";
        };
    }
}
