package io.broadsheet.dkim;

/** How a key signs. */
public enum Algorithm {
    /** RSA with SHA-256 (RFC 6376 §3.3.1), which every verifier knows. */
    RSA("rsa-sha256", "rsa", "SHA256withRSA", "RSA"),
    /** Ed25519 over a SHA-256 digest (RFC 8463 §3), short and quick; not every verifier knows it yet. */
    ED25519("ed25519-sha256", "ed25519", "Ed25519", "Ed25519");

    private final String tag;
    private final String word;
    private final String signature;
    private final String family;

    Algorithm(String tag, String word, String signature, String family) {
        this.tag = tag;
        this.word = word;
        this.signature = signature;
        this.family = family;
    }

    /** What stands behind {@code a=}. */
    String tag() {
        return tag;
    }

    /** What stands behind {@code k=}, and what people type. */
    public String word() {
        return word;
    }

    /** Java's name of the signature. */
    String signature() {
        return signature;
    }

    /** Java's name of such keys. */
    String family() {
        return family;
    }
}
