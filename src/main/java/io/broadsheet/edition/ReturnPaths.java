package io.broadsheet.edition;

import io.broadsheet.mail.Base32;
import io.broadsheet.subscriber.SubscriberId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Return paths that say which mail comes back ("VERP"): {@code bounces+TOKEN@bounce.example.org}. The token names the edition and the subscriber and is
 * signed under the installation's secret by HMAC-SHA256, cut to 128 bits (RFC 2104 §5), so that a forged bounce reaches nobody; it is 52 characters of
 * base32, and means the same in upper case. Safe for several threads, because nothing changes.
 */
public final class ReturnPaths {
    /** Of a whole token. */
    public static final int TOKEN_CHARACTERS = 52;

    private static final int SIGNATURE_BYTES = 16;
    private static final int BODY_BYTES = 2 * Long.BYTES;
    /** An id's highest bit is never set; in a token it says that the mail was no edition. */
    private static final long OUTBOX = Long.MIN_VALUE;
    /** Longer than any address; what is longer isn't looked through. */
    private static final int TEXT_MAX = 1_000;
    /** Behind a sign that ends the box's own name, or alone. Some relays rewrite the local part before it (SRS), none within. */
    private static final Pattern TOKEN =
            Pattern.compile("(?:^|[^A-Za-z0-9])([a-zA-Z2-7]{" + TOKEN_CHARACTERS + "})(?![A-Za-z0-9])");

    private static final byte[] CONTEXT = "return-path\0".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final @Nullable String local;
    private final @Nullable String domain;

    /**
     * @param secret the installation's, the same on all its nodes
     * @param box where all bounces arrive, {@code bounces@bounce.example.org}, its local part at most 11 octets; absent: bounces go to whom the mail is from
     */
    public ReturnPaths(byte[] secret, @Nullable String box) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.local = box == null ? null : box.substring(0, box.lastIndexOf('@'));
        this.domain = box == null ? null : box.substring(box.lastIndexOf('@') + 1);
    }

    /**
     * Which mail came back.
     *
     * @param edition absent: it was no edition but a confirmation
     */
    public record Sent(@Nullable EditionId edition, SubscriberId subscriber) {}

    /** Of one delivery: MAIL FROM without angle brackets; absent where bounces go to whom the mail is from. */
    @Nullable
    String of(EditionId edition, SubscriberId subscriber) {
        return address(edition.value(), subscriber);
    }

    /** Of one mail that is no edition. */
    @Nullable
    String ofConfirmation(long outbox, SubscriberId subscriber) {
        return address(outbox | OUTBOX, subscriber);
    }

    /** The token of one delivery, such as an envelope id may carry (RFC 3461 §4.4). */
    public String token(EditionId edition, SubscriberId subscriber) {
        return token(edition.value(), subscriber);
    }

    /** What a token says that stands in an address, a local part, or alone; empty unless one is there that we made. */
    public Optional<Sent> read(String text) {
        if (text.length() > TEXT_MAX) {
            return Optional.empty();
        }
        Matcher found = TOKEN.matcher(text);
        return found.find() ? Base32.read(found.group(1)).flatMap(this::open) : Optional.empty();
    }

    private Optional<Sent> open(byte[] token) {
        byte[] body = Arrays.copyOf(token, BODY_BYTES);
        byte[] signature = Arrays.copyOfRange(token, BODY_BYTES, token.length);
        if (!MessageDigest.isEqual(signature, sign(body))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        long mail = in.getLong();
        return Optional.of(new Sent(mail < 0 ? null : new EditionId(mail), new SubscriberId(in.getLong())));
    }

    private @Nullable String address(long mail, SubscriberId subscriber) {
        return local == null ? null : local + "+" + token(mail, subscriber) + "@" + domain;
    }

    private String token(long mail, SubscriberId subscriber) {
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .putLong(mail)
                .putLong(subscriber.value())
                .array();
        byte[] token = Arrays.copyOf(body, BODY_BYTES + SIGNATURE_BYTES);
        System.arraycopy(sign(body), 0, token, BODY_BYTES, SIGNATURE_BYTES);
        return Base32.of(token);
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
