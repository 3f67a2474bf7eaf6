package io.broadsheet.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What computes signatures: Conscrypt's native code where it loads, some times quicker (docs/decisions/0010), else what Java brings. It is used for
 * this alone, and installed nowhere.
 */
final class Engine {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final @Nullable Provider provider;

    private Engine(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** The quickest there is on this machine. */
    static Engine best() {
        if (Conscrypt.isAvailable()) {
            return new Engine(Conscrypt.newProvider());
        }
        log.atInfo().log(
                "mail is signed by Java's own code, as Conscrypt's does not run on this machine; that is slower");
        return plain();
    }

    /** Java's own, which runs everywhere. */
    static Engine plain() {
        return new Engine(null);
    }

    /** Ready to sign again and again; for one thread. */
    Signature signature(DkimKey key) {
        try {
            return signature(key, provider);
        } catch (GeneralSecurityException e) {
            if (provider == null) {
                throw new IllegalStateException("every Java since 15 has RSA and Ed25519", e);
            }
            return plain().signature(key); // native code that lacks the one algorithm
        }
    }

    private static Signature signature(DkimKey key, @Nullable Provider by) throws GeneralSecurityException {
        Algorithm algorithm = key.algorithm();
        // The key is read anew, since each provider is quick with its own kind alone.
        KeyFactory keys = by == null
                ? KeyFactory.getInstance(algorithm.family())
                : KeyFactory.getInstance(algorithm.family(), by);
        PrivateKey own =
                keys.generatePrivate(new PKCS8EncodedKeySpec(key.secret().getEncoded()));
        Signature signature = by == null
                ? Signature.getInstance(algorithm.signature())
                : Signature.getInstance(algorithm.signature(), by);
        signature.initSign(own);
        return signature;
    }
}
