package io.broadsheet.delivery;

import io.broadsheet.db.Database;
import io.broadsheet.edition.Letters;
import io.broadsheet.edition.VariantId;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.newsletter.Newsletter;
import io.broadsheet.newsletter.NewsletterStore;
import io.broadsheet.subscriber.OutboxStore.Confirmation;

/** Writes what the claims of editions and of the outbox say. Safe for several threads, because {@link Letters} is. */
final class EditionMessages implements Messages {
    private final Database database;
    private final NewsletterStore newsletters;
    private final Letters letters;

    EditionMessages(Database database, NewsletterStore newsletters, Letters letters) {
        this.database = database;
        this.newsletters = newsletters;
        this.letters = letters;
    }

    @Override
    public OutgoingMessage write(Claim claim) {
        VariantId variant = claim.variant();
        if (variant != null && claim.ref() instanceof Ref.OfEdition of) {
            return letters.message(of.edition(), variant, claim.subscriber());
        }
        if (claim.ref() instanceof Ref.OfOutbox of) {
            Newsletter newsletter =
                    database.read(tx -> newsletters.find(tx, claim.newsletter()).orElseThrow());
            Confirmation asked = new Confirmation(
                    of.id(),
                    claim.newsletter(),
                    claim.subscriber().id(),
                    claim.terms().since());
            return letters.confirmation(asked, newsletter, claim.subscriber());
        }
        throw new IllegalStateException("a delivery without a variant");
    }
}
