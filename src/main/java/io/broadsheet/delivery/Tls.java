package io.broadsheet.delivery;

/** How a connection to a mail server is protected. */
enum Tls {
    /** Not at all. */
    NONE,
    /** By STARTTLS where it is offered, with whatever certificate (RFC 7435): a listener is kept out, an impostor is not. */
    WHERE_OFFERED,
    /** As {@link #WHERE_OFFERED}, but what {@link #STARTTLS} would have refused is logged: a domain tests its MTA-STS policy (RFC 8461 §5). */
    TESTED,
    /** By STARTTLS, with a certificate that is good for the server's name; else nothing is sent. */
    STARTTLS,
    /** From the first byte (RFC 8314 §3.3), with a certificate that is good for the server's name. */
    FROM_START;

    /** Whether nothing is sent without a certificate that is good for the server's name. */
    boolean isChecked() {
        return this == STARTTLS || this == FROM_START;
    }

    /** Whether mail also goes without. */
    boolean isOptional() {
        return this == WHERE_OFFERED || this == TESTED;
    }
}
