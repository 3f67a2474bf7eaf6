package io.broadsheet.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The unguessable address that a hub pushes to, and the secret that it signs with, for each subscription its own. Both are HMACs under the
 * installation's secret: nothing of them is stored. Safe for several threads.
 */
public final class HubKeys {
    private static final int PROOF_BYTES = 16;
    private static final byte[] CALLBACK = "websub callback\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET = "websub secret\0".getBytes(StandardCharsets.US_ASCII);

    /** Those that WebSub §8 names; SHA-1 is no longer good for certificates, but for an HMAC it is. */
    private static final Map<String, String> METHODS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");

    private static final Pattern SIGNATURE = Pattern.compile("\\s*([A-Za-z0-9]{4,6})=([0-9A-Fa-f]{40,128})\\s*");

    private final byte[] secret;

    /** @param secret the installation's, the same on all its nodes */
    public HubKeys(byte[] secret) {
        this.secret = secret.clone();
    }

    /** The last part of the callback's address. */
    String token(long subscription) {
        byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(subscription).array();
        byte[] token = Arrays.copyOf(id, Long.BYTES + PROOF_BYTES);
        System.arraycopy(hmac(CALLBACK, id), 0, token, Long.BYTES, PROOF_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Which subscription an address is of; empty unless we made it. */
    OptionalLong subscription(String token) {
        if (!token.matches("[A-Za-z0-9_-]{32}")) {
            return OptionalLong.empty();
        }
        long id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getLong();
        boolean ours = MessageDigest.isEqual(
                token.getBytes(StandardCharsets.US_ASCII), token(id).getBytes(StandardCharsets.US_ASCII));
        return ours ? OptionalLong.of(id) : OptionalLong.empty();
    }

    /** {@code hub.secret}: 64 characters. */
    String secret(long subscription) {
        byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(subscription).array();
        return HexFormat.of().formatHex(hmac(SECRET, id));
    }

    /** Whether the hub signed this body (WebSub §8); takes the same time however much of the signature is right. */
    boolean isSigned(long subscription, @Nullable String header, byte[] body) {
        Matcher signature = SIGNATURE.matcher(header == null ? "" : header);
        String method = signature.matches() ? METHODS.get(signature.group(1).toLowerCase(Locale.ROOT)) : null;
        if (method == null || signature.group(2).length() % 2 != 0) {
            return false;
        }
        byte[] key = secret(subscription).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(HexFormat.of().parseHex(signature.group(2)), mac(method, key, body));
    }

    private byte[] hmac(byte[] purpose, byte[] id) {
        return mac("HmacSHA256", secret, purpose, id);
    }

    private static byte[] mac(String method, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(method);
            mac.init(new SecretKeySpec(key, method));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + method, e);
        }
    }
}
