package io.broadsheet.edition;

import io.broadsheet.mail.OneLine;

/**
 * Whom the mail goes to, as mail templates see it under {@code $reader}. Each value differs from one recipient to the next; line breaks and other
 * controls are taken out.
 *
 * @param name what they call themselves; empty when unknown
 * @param email their address
 * @param language BCP 47 tag they chose; empty when they did not
 */
public record ReaderView(String name, String email, String language) {
    public ReaderView {
        name = OneLine.of(name);
        email = OneLine.of(email);
        language = OneLine.of(language);
    }
}
