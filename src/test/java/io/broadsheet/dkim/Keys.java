package io.broadsheet.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Keys of tests. */
final class Keys {
    /** RFC 8463 §A.1: the secret of its Ed25519 example, and what it publishes. */
    static final String RFC_8463_SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    static final String RFC_8463_PUBLISHED = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private Keys() {}

    static DkimKey rfc8463() {
        String prefix = "302e020100300506032b657004220420"; // PKCS #8 around 32 octets (RFC 8410 §7)
        String seed = HexFormat.of().formatHex(Base64.getDecoder().decode(RFC_8463_SEED));
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(prefix + seed)));
            return new DkimKey("football.example.com", "brisbane", secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static DkimKey rsa(String domain) {
        return new DkimKey(domain, "r", make("RSA", 2048));
    }

    static DkimKey ed25519(String domain) {
        return new DkimKey(domain, "e", make("Ed25519", 0));
    }

    static PrivateKey make(String family, int bits) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(family);
            if (bits > 0) {
                pairs.initialize(bits);
            }
            return pairs.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
