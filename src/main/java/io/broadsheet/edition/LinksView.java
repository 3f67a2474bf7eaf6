package io.broadsheet.edition;

import io.broadsheet.mail.OneLine;

/**
 * Links that carry a recipient's token, as mail templates see them under {@code $links}.
 *
 * @param unsubscribe a page with a button that ends this subscription
 */
public record LinksView(String unsubscribe) {
    public LinksView {
        unsubscribe = OneLine.of(unsubscribe);
    }
}
