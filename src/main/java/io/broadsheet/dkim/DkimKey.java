package io.broadsheet.dkim;

import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;

/** A private key with the place in DNS where its public half stands. It never shows itself. Safe for several threads, because it is never changed. */
public final class DkimKey {
    private final String domain;
    private final String selector;
    private final Algorithm algorithm;
    private final PrivateKey secret;
    private final byte[] published;

    /**
     * @param domain the signing domain ({@code d=}), lower-case ASCII
     * @param selector tells keys of one domain apart ({@code s=})
     * @param secret of RSA or Ed25519
     */
    DkimKey(String domain, String selector, PrivateKey secret) {
        this.domain = domain;
        this.selector = selector;
        this.secret = secret;
        this.algorithm = secret instanceof RSAPrivateCrtKey ? Algorithm.RSA : Algorithm.ED25519;
        this.published = PublicHalf.of(secret);
    }

    public String domain() {
        return domain;
    }

    public String selector() {
        return selector;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** The length of an RSA key; 256 for Ed25519. */
    public int bits() {
        return secret instanceof RSAPrivateCrtKey rsa ? rsa.getModulus().bitLength() : 256;
    }

    PrivateKey secret() {
        return secret;
    }

    /** The DNS record that lets others verify what this key signs. */
    public DkimRecord record() {
        return new DkimRecord(
                selector + "._domainkey." + domain,
                "v=DKIM1; k=" + algorithm.word() + "; p=" + Base64.getEncoder().encodeToString(published));
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " (" + algorithm.word() + ")";
    }
}
