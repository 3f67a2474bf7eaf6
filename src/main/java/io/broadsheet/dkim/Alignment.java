package io.broadsheet.dkim;

import io.broadsheet.http.RegistrableDomain;

/** Whether a signing domain speaks for the domain that a message is from, in DMARC's relaxed sense (RFC 7489 §3.1.1): both lie in one domain that somebody registered. */
public final class Alignment {
    private Alignment() {}

    /** @param signing {@code d=}; both lower-case ASCII */
    public static boolean isAligned(String signing, String from) {
        return signing.equals(from) || RegistrableDomain.of(signing).equals(RegistrableDomain.of(from));
    }
}
