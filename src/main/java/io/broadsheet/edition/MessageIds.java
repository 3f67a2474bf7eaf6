package io.broadsheet.edition;

import io.broadsheet.subscriber.SubscriberId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Message-IDs (RFC 5322 §3.6.4) that are functions of what is sent to whom, so that every try of one delivery has the same and a mailbox can collapse
 * a repeat; signed under the installation's secret, so that none can be guessed. Safe for several threads, because nothing changes.
 */
public final class MessageIds {
    private static final int BYTES = 16;

    private final SecretKeySpec key;
    private final String host;

    /** @param host what stands behind the at sign: that of the site's URL */
    public MessageIds(byte[] secret, String host) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.host = host;
    }

    /** Of one delivery, with angle brackets. */
    public String of(EditionId edition, SubscriberId subscriber) {
        return id("delivery", edition.value(), subscriber.value());
    }

    /** Of one mail that is no edition. */
    String ofConfirmation(long outbox, SubscriberId subscriber) {
        return id("outbox", outbox, subscriber.value());
    }

    /** Of a test copy or a preview, which are no deliveries. */
    String ofCopy(long any) {
        return id("copy", any, 0);
    }

    private String id(String kind, long one, long other) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(("message-id " + kind + '\0').getBytes(StandardCharsets.US_ASCII));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(one)
                    .putLong(other)
                    .array());
            return "<" + HexFormat.of().formatHex(hash, 0, BYTES) + "@" + host + ">";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
