package io.broadsheet.dkim;

import java.security.MessageDigest;

/**
 * Hashes a body in its relaxed form (RFC 6376 §3.4.4): runs of blanks are one space, blanks that end a line and empty lines that end the body don't
 * count. The body comes in pieces of any cut; stretches that need no change go into the digest where they lie, nothing is copied. Used by one
 * thread.
 */
final class RelaxedBody {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] SPACE = {' '};
    private static final byte[] CR = {'\r'};

    private final MessageDigest digest;
    /** Line ends that are seen and not yet hashed: at the body's end they don't count. */
    private int breaks;
    /** Whether blanks are seen and not yet hashed: at a line's end they don't count. */
    private boolean blank;
    /** Whether the last octet was a CR whose LF may be in the next piece. */
    private boolean cr;

    private boolean empty = true;

    RelaxedBody(MessageDigest digest) {
        this.digest = digest;
    }

    void add(byte[] piece, int from, int to) {
        int at = from;
        while (at < to) {
            int octet = piece[at];
            if (cr) {
                cr = false;
                if (octet == '\n') {
                    breaks++;
                    blank = false;
                    at++;
                    continue;
                }
                settle();
                digest.update(CR);
            }
            if (octet == '\r') {
                cr = true;
                at++;
            } else if (octet == ' ' || octet == '\t') {
                blank = true;
                at++;
            } else {
                settle();
                int end = unchanged(piece, at, to);
                digest.update(piece, at, end - at);
                at = end;
            }
        }
    }

    /** The digest of all; this begins anew. */
    byte[] end() {
        if (cr) {
            cr = false;
            settle();
            digest.update(CR);
        }
        if (!empty) {
            digest.update(CRLF); // a body that is not empty ends with one line end, whether it has none or many
        }
        breaks = 0;
        blank = false;
        empty = true;
        return digest.digest();
    }

    /** What was held back counts, as something follows. */
    private void settle() {
        for (; breaks > 0; breaks--) {
            digest.update(CRLF);
        }
        if (blank) {
            digest.update(SPACE);
            blank = false;
        }
        empty = false;
    }

    /** How far the octets from here are their own relaxed form: words with one space or one line end between them, and the next word in this piece. */
    private static int unchanged(byte[] piece, int from, int to) {
        int at = from + 1;
        while (at < to) {
            int octet = piece[at];
            if (octet > ' ' || octet < 0) {
                at++;
            } else if (octet == ' ' && at + 1 < to && isWord(piece[at + 1])) {
                at += 2;
            } else if (octet == '\r' && at + 2 < to && piece[at + 1] == '\n' && isWord(piece[at + 2])) {
                at += 3;
            } else if (octet == ' ' || octet == '\t' || octet == '\r') {
                return at;
            } else {
                at++;
            }
        }
        return at;
    }

    private static boolean isWord(int octet) {
        return octet != ' ' && octet != '\t' && octet != '\r';
    }
}
