package io.broadsheet.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/** What of a private key is published. */
final class PublicHalf {
    private static final int ED25519_OCTETS = 32;

    private PublicHalf() {}

    /** As {@code p=} has it before base64: a SubjectPublicKeyInfo for RSA (RFC 6376 §3.6.1), the bare 32 octets for Ed25519 (RFC 8463 §4.1). */
    static byte[] of(PrivateKey secret) {
        try {
            if (secret instanceof RSAPrivateCrtKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
                        .getEncoded();
            }
            return ed25519(lastOctets(secret.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 has RSA and Ed25519", e);
        }
    }

    /** Java derives a public Ed25519 key only while it makes a pair; so it makes one, and finds the seed where it looks for chance. */
    private static byte[] ed25519(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
        pairs.initialize(NamedParameterSpec.ED25519, new Given(seed));
        return lastOctets(pairs.generateKeyPair().getPublic().getEncoded());
    }

    private static byte[] lastOctets(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - ED25519_OCTETS, encoded.length);
    }

    /** Gives the same octets each time. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] octets;

        Given(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(octets, 0, into, 0, into.length);
        }
    }
}
