package io.broadsheet.subscriber;

import io.broadsheet.mail.Base32;
import io.broadsheet.newsletter.NewsletterId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads the unguessable strings that let their holder do one thing. A token says what it is for itself and is signed by HMAC-SHA256 under
 * the installation's secret, cut to 128 bits (RFC 2104 §5): nothing is stored for it, and it works as long as the secret lives. Safe for several
 * threads, because nothing changes.
 */
public final class Tokens {
    private static final int SIGNATURE_BYTES = 16;
    private static final int BODY_BYTES = 1 + 3 * Long.BYTES;
    /** Base64url of a whole token; what is longer isn't even decoded. */
    private static final int TEXT_MAX = 64;
    /** What a token in a mail address says: its purpose is left to the signature, so that it has room in a local part. */
    private static final int MAIL_BODY_BYTES = 2 * Long.BYTES;
    /** Base32 of a token in a mail address. */
    private static final int MAIL_CHARACTERS = 52;

    /** What else is signed under the same secret begins otherwise. */
    private static final byte[] CONTEXT = {'t', 'o', 'k', 'e', 'n', 0};

    private final SecretKeySpec key;

    /** @param secret the installation's, the same on all its nodes; at least 128 bits */
    public Tokens(byte[] secret) {
        if (secret.length < SIGNATURE_BYTES) {
            throw new IllegalArgumentException("a secret of less than 128 bits");
        }
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** What a token is for. */
    enum Purpose {
        CONFIRM('c'),
        UNSUBSCRIBE('u'),
        UNSUBSCRIBE_BY_MAIL('m');

        private final byte mark;

        Purpose(char mark) {
            this.mark = (byte) mark;
        }
    }

    /**
     * Whose subscription a token is about.
     *
     * @param expires the token means nothing from then on; {@link Instant#MAX}-like far for one that never ends
     */
    public record Claim(NewsletterId newsletter, SubscriberId subscriber, Instant expires) {}

    /** For links that end a subscription: valid for ever, since a mail is read when it is read (RFC 8058 §3.1). */
    public String unsubscribe(NewsletterId newsletter, SubscriberId subscriber) {
        return write(Purpose.UNSUBSCRIBE, newsletter, subscriber, Long.MAX_VALUE);
    }

    /** For mail addresses that end a subscription: 52 letters and digits, the same in upper case; valid for ever. */
    public String unsubscribeByMail(NewsletterId newsletter, SubscriberId subscriber) {
        byte[] body = ByteBuffer.allocate(MAIL_BODY_BYTES)
                .putLong(newsletter.value())
                .putLong(subscriber.value())
                .array();
        byte[] token = Arrays.copyOf(body, MAIL_BODY_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signMail(body), 0, token, MAIL_BODY_BYTES, SIGNATURE_BYTES);
        return Base32.of(token);
    }

    /** Whose subscription a token of {@link #unsubscribe} or {@link #unsubscribeByMail} is about; empty unless we made it. */
    public Optional<Claim> leaving(String token) {
        if (token.length() != MAIL_CHARACTERS) {
            return read(Purpose.UNSUBSCRIBE, token);
        }
        return Base32.read(token).flatMap(bytes -> {
            byte[] body = Arrays.copyOf(bytes, MAIL_BODY_BYTES);
            byte[] signature = Arrays.copyOfRange(bytes, MAIL_BODY_BYTES, bytes.length);
            ByteBuffer in = ByteBuffer.wrap(body);
            Claim claim = new Claim(new NewsletterId(in.getLong()), new SubscriberId(in.getLong()), Instant.MAX);
            return MessageDigest.isEqual(signature, signMail(body)) ? Optional.of(claim) : Optional.empty();
        });
    }

    /** For the link that confirms a subscription. */
    public String confirm(NewsletterId newsletter, SubscriberId subscriber, Instant expires) {
        return write(Purpose.CONFIRM, newsletter, subscriber, expires.toEpochMilli());
    }

    /** Empty unless we made the token for this purpose; whether it expired is the caller's to ask. Takes the same time whatever is wrong. */
    Optional<Claim> read(Purpose purpose, String token) {
        if (token.length() > TEXT_MAX) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != BODY_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
        byte[] signature = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
        boolean ours = MessageDigest.isEqual(signature, sign(body));
        ByteBuffer in = ByteBuffer.wrap(body);
        byte mark = in.get();
        Claim claim = new Claim(
                new NewsletterId(in.getLong()), new SubscriberId(in.getLong()), Instant.ofEpochMilli(in.getLong()));
        return ours && mark == purpose.mark ? Optional.of(claim) : Optional.empty();
    }

    private String write(Purpose purpose, NewsletterId newsletter, SubscriberId subscriber, long expiresMs) {
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .put(purpose.mark)
                .putLong(newsletter.value())
                .putLong(subscriber.value())
                .putLong(expiresMs)
                .array();
        byte[] token = Arrays.copyOf(body, BODY_BYTES + SIGNATURE_BYTES);
        System.arraycopy(sign(body), 0, token, BODY_BYTES, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private byte[] signMail(byte[] body) {
        return sign(ByteBuffer.allocate(1 + MAIL_BODY_BYTES)
                .put(Purpose.UNSUBSCRIBE_BY_MAIL.mark)
                .put(body)
                .array());
    }

    private byte[] sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(CONTEXT);
            return Arrays.copyOf(mac.doFinal(body), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
