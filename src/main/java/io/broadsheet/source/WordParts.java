package io.broadsheet.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The files that a word processor's document packs (ECMA-376 part 2). It may be a bomb: what is unpacked is bounded. */
final class WordParts {
    private static final int PARTS_MAX = 5_000;

    /** Of parts that nobody asked for, each. */
    private static final long PASSED_MAX = 200L * 1024 * 1024;

    private WordParts() {}

    /**
     * The parts of these names, where they are; of a name that is there twice the first.
     *
     * @param eachMax bytes; of a longer part one more than these are read
     * @param allMax bytes; nothing is read once more than these were
     * @throws IOException when it is damaged
     */
    static Map<String, byte[]> read(byte[] packed, Set<String> names, int eachMax, int allMax) throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        int left = allMax;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
            ZipEntry entry = zip.getNextEntry();
            for (int count = 0; entry != null && count < PARTS_MAX && left >= 0; count++) {
                if (names.contains(entry.getName()) && !parts.containsKey(entry.getName())) {
                    byte[] part = zip.readNBytes(Math.min(eachMax, left) + 1);
                    left -= part.length;
                    parts.put(entry.getName(), part);
                }
                entry = next(zip);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a part's name can't be read", e);
        }
        return parts;
    }

    /** Passes over the rest of a part no further than the limit. */
    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        byte[] chunk = new byte[16 * 1024];
        long passed = 0;
        for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
            passed += read;
            if (passed > PASSED_MAX) {
                return null;
            }
        }
        return zip.getNextEntry();
    }
}
