package io.broadsheet.dkim;

import io.broadsheet.mail.OutgoingMessage;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Signs one message after another, and keeps what that takes. Used by one thread at a time. */
final class Hand {
    /** RFC 5322 §2.1.1 asks for 78 at most. */
    private static final int LINE_MAX = 76;

    private final Engine engine;
    private final MessageDigest digest;
    private final RelaxedBody body;
    private final Map<DkimKey, Signature> signatures = new IdentityHashMap<>();
    private final Octets head = new Octets();
    private final Octets signed = new Octets();
    private final Octets fields = new Octets();

    Hand(Engine engine) {
        this.engine = engine;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        this.body = new RelaxedBody(digest);
    }

    /** Takes a message in hand; answers its header. */
    Fields read(OutgoingMessage message) {
        head.clear();
        boolean inBody = false;
        for (byte[] segment : message.segments()) {
            int from = 0;
            if (!inBody) {
                from = readHead(segment);
                inBody = from >= 0;
            }
            if (inBody) {
                body.add(segment, from, segment.length);
            }
        }
        return new Fields(head.buffer(), head.length());
    }

    /** Copies up to the empty line that ends the header; answers where behind it the body begins, or -1 when the header goes on. */
    private int readHead(byte[] segment) {
        for (int at = 0; at < segment.length; at++) {
            head.octet(segment[at]);
            if (segment[at] == '\n' && endsWithEmptyLine()) {
                head.length(head.length() - 2);
                return at + 1;
            }
        }
        return -1;
    }

    private boolean endsWithEmptyLine() {
        byte[] octets = head.buffer();
        int length = head.length();
        return length >= 4 && octets[length - 2] == '\r' && octets[length - 3] == '\n' && octets[length - 4] == '\r';
    }

    /**
     * The signature fields, each with its CRLF, of the message that was read; one body hash serves them all.
     *
     * @param header what {@link #read} answered
     */
    byte[] sign(Fields header, List<DkimKey> keys, Instant now) {
        String bodyHash = Base64.getEncoder().encodeToString(body.end());
        List<String> names = header.signed();
        header.relaxed(names, signed.clear());
        int shared = signed.length();
        fields.clear();
        for (DkimKey key : keys) {
            signed.length(shared);
            append(tokens(key, names, bodyHash, now));
            append(Base64.getEncoder().encodeToString(signature(key)));
        }
        return Arrays.copyOf(fields.buffer(), fields.length());
    }

    /** Forgets the message that was read. */
    void drop() {
        body.end();
    }

    /** What stands between the field's name and the value of {@code b=}; lines are folded between two of these alone. */
    private static List<String> tokens(DkimKey key, List<String> names, String bodyHash, Instant now) {
        List<String> tokens = new ArrayList<>(List.of(
                "v=1;",
                "a=" + key.algorithm().tag() + ";",
                "c=relaxed/relaxed;",
                "d=" + key.domain() + ";",
                "s=" + key.selector() + ";",
                "t=" + now.getEpochSecond() + ";"));
        StringBuilder piece = new StringBuilder("h=");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i) + (i + 1 < names.size() ? ":" : ";");
            if (piece.length() + name.length() >= LINE_MAX) {
                tokens.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(name);
        }
        tokens.add(piece.toString());
        tokens.add("bh=" + bodyHash + ";");
        tokens.add("b=");
        return tokens;
    }

    /** Writes the field as it goes out, folded, and its relaxed form, in which each fold is a space. */
    private void append(List<String> tokens) {
        fields.ascii("DKIM-Signature:");
        signed.ascii("dkim-signature:");
        int column = "DKIM-Signature:".length();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            // Not before the first: a verifier may take a field with an empty first line for broken. Before b= always,
            // so that its lines are even.
            boolean last = i + 1 == tokens.size();
            if (i > 0 && (last || column + 1 + token.length() > LINE_MAX)) {
                fields.octet('\r').octet('\n');
                column = 0;
            }
            fields.octet(' ').ascii(token);
            column += 1 + token.length();
            if (i > 0) {
                signed.octet(' ');
            }
            signed.ascii(token);
        }
    }

    private void append(String signature) {
        int room = LINE_MAX - " b=".length();
        for (int from = 0; from < signature.length(); from += room) {
            if (from > 0) {
                fields.octet('\r').octet('\n').octet(' ');
            }
            fields.ascii(signature.substring(from, Math.min(signature.length(), from + room)));
        }
        fields.octet('\r').octet('\n');
    }

    private byte[] signature(DkimKey key) {
        Signature signature = signatures.computeIfAbsent(key, engine::signature);
        try {
            if (key.algorithm() == Algorithm.ED25519) {
                // RFC 8463 §3: the digest is what is signed.
                digest.update(signed.buffer(), 0, signed.length());
                signature.update(digest.digest());
            } else {
                signature.update(signed.buffer(), 0, signed.length());
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key + " can't sign", e);
        }
    }
}
