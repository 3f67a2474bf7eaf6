package io.broadsheet.subscriber;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which address keys a file has shown so far, as 64 bits of a hash each: 16 to 32 bytes a key, 1 in 37 million that two of a million keys are taken for
 * one. Used by one thread.
 */
final class SeenKeys {
    private final MessageDigest digest = sha256();
    private long[] table = new long[1024];
    private int size;

    /** Answers whether the key is new. */
    boolean add(String key) {
        if (2 * (size + 1) > table.length) {
            grow();
        }
        long hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        if (!put(table, hash == 0 ? 1 : hash)) {
            return false;
        }
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        Arrays.stream(table).filter(hash -> hash != 0).forEach(hash -> put(larger, hash));
        table = larger;
    }

    private static boolean put(long[] table, long hash) {
        int at = (int) (hash & (table.length - 1));
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = hash;
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
