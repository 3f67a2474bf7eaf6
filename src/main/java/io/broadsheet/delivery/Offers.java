package io.broadsheet.delivery;

/**
 * What a server offers in its reply to EHLO, as far as we use it.
 *
 * @param pipelining RFC 2920
 * @param utf8 addresses in other scripts (RFC 6531), and with them 8BITMIME
 * @param dsn reports are asked for as we like (RFC 3461)
 * @param size RFC 1870
 * @param sizeMax the most octets that it takes; 0 when it says nothing
 */
record Offers(boolean pipelining, boolean utf8, boolean dsn, boolean size, long sizeMax) {
    static Offers of(SmtpDialogue dialogue) {
        String most = dialogue.getExtensionParameter("SIZE");
        boolean known = most != null && most.strip().matches("[0-9]{1,18}");
        return new Offers(
                dialogue.supportsExtension("PIPELINING"),
                dialogue.supportsExtension("SMTPUTF8") && dialogue.supportsExtension("8BITMIME"),
                dialogue.supportsExtension("DSN"),
                most != null,
                known ? Long.parseLong(most.strip()) : 0);
    }
}
