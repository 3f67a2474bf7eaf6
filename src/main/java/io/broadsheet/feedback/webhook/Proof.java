package io.broadsheet.feedback.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proofs of several providers share. */
final class Proof {
    /** How far a provider's clock may be ahead of ours. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private Proof() {}

    /** Whether two texts are the same, in a time that tells nothing of where they differ, nor of their lengths. */
    static boolean same(String given, String expected) {
        return MessageDigest.isEqual(
                sha256(given.getBytes(StandardCharsets.UTF_8)), sha256(expected.getBytes(StandardCharsets.UTF_8)));
    }

    static boolean isFresh(Instant signed, Clock clock, Duration window) {
        Instant now = clock.instant();
        return signed.isAfter(now.minus(window)) && signed.isBefore(now.plus(AHEAD_MAX));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] hmacSha256(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
