package io.broadsheet.dkim;

import java.util.Arrays;

/** The little of ASN.1 that tells key formats apart. */
final class Der {
    /** Version 0, then the algorithm: rsaEncryption (RFC 8017 §A.1), with NULL for its parameters. */
    private static final byte[] RSA = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    /** The object identifier of Ed25519 (RFC 8410 §3). */
    private static final byte[] ED25519 = {6, 3, 0x2b, 0x65, 0x70};
    /** Where it stands in a PKCS #8 of version 0 and of version 1 alike, behind two lengths of one octet and the version. */
    private static final int ED25519_AT = 7;

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private Der() {}

    static boolean isEd25519(byte[] pkcs8) {
        int end = ED25519_AT + ED25519.length;
        return pkcs8.length > end && Arrays.equals(pkcs8, ED25519_AT, end, ED25519, 0, ED25519.length);
    }

    /** Wraps the PKCS #1 of an RSA key as PKCS #8. */
    static byte[] pkcs8(byte[] pkcs1) {
        return tagged(SEQUENCE, joined(RSA, tagged(OCTETS, pkcs1)));
    }

    /** A length of two octets, as RSA keys that are long enough have it. */
    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
