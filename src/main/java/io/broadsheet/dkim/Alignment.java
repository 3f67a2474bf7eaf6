package io.broadsheet.dkim;

/**
 * Whether a signing domain speaks for the domain that a message is from, in DMARC's relaxed sense (RFC 7489 §3.1.1). DMARC compares organisational
 * domains; without a list of public suffixes we ask for more, that one is the other or lies in it, and so never call aligned what is not, but for
 * keys of a public suffix, which nobody has.
 */
public final class Alignment {
    private Alignment() {}

    /** @param signing {@code d=}; both lower-case ASCII */
    public static boolean isAligned(String signing, String from) {
        return signing.equals(from)
                || (signing.contains(".") && from.endsWith("." + signing))
                || (from.contains(".") && signing.endsWith("." + from));
    }
}
