package io.broadsheet.subscriber;

import io.broadsheet.error.UserError;
import io.broadsheet.mail.Mailbox;
import java.util.Locale;

/**
 * An address we may mail: {@code local@domain}, at most 254 octets (RFC 5321 §4.5.3.1.3); the domain is lower-case ASCII (IDNA), the local part as
 * given, since some hosts tell upper from lower case.
 */
public record Address(String mailbox) {
    public Address {
        int at = mailbox.lastIndexOf('@');
        if (at < 1 || at == mailbox.length() - 1 || mailbox.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("no local part or no domain");
        }
    }

    /**
     * Reads what people type: one bare mailbox, blanks around it are forgiven.
     *
     * @throws UserError saying what is wrong and the mend, without a place: the caller knows it
     */
    public static Address of(String typed) {
        return new Address(Mailbox.ofAddress(typed).address());
    }

    /** One subscriber, one suppression a key: all in lower case, as no host in use tells {@code Ada@} from {@code ada@}. */
    public String key() {
        return mailbox.toLowerCase(Locale.ROOT);
    }

    /** What follows the at sign, fit for logs. */
    public String domain() {
        return mailbox.substring(mailbox.lastIndexOf('@') + 1);
    }
}
