package io.broadsheet.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that are never seen half written: each is written aside in its own folder, made durable, and renamed over the old one. Safe for several threads
 * and processes, but for {@link #write}, whose callers hold the folder's lock.
 */
public final class WholeFile {
    /** Ends unlike a feed or a picture, so that nobody who lists a folder after a kill takes what is half written for one. */
    private static final String ASIDE = ".tmp";

    private WholeFile() {}

    /**
     * Makes the file hold these bytes. When this throws, or the machine stops, the old file is still there, whole. The rename is durable after
     * {@link #settle}.
     *
     * @param modified becomes the file's own, so that Last-Modified is the same on every node
     * @return whether anything had to be written
     */
    public static boolean write(Path file, byte[] bytes, Instant modified) throws IOException {
        if (holds(file, bytes, modified)) {
            return false;
        }
        put(folder(file).resolve("." + file.getFileName() + ASIDE), file, bytes, FileTime.from(modified));
        return true;
    }

    /** Makes the file hold these bytes, beside others who may be doing the same; makes its folder where there is none. Durable when this returns. */
    public static void add(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        boolean made = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        put(folder.resolve("." + UUID.randomUUID() + ASIDE), file, bytes, null);
        settle(folder);
        if (made) {
            settle(folder(folder.toAbsolutePath()));
        }
    }

    private static void put(Path aside, Path file, byte[] bytes, @Nullable FileTime modified) throws IOException {
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                if (modified != null) {
                    Files.setLastModifiedTime(aside, modified);
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Makes renames and deletions in the folder durable. Windows can't open a folder, and needs not. */
    public static void settle(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("/")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Removes what a killed process left beside its files. @param before what was written later may be somebody's, and stays */
    public static void sweep(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + ASIDE)) {
            for (Path aside : left) {
                try {
                    if (Files.getLastModifiedTime(aside).toInstant().isBefore(before)) {
                        Files.deleteIfExists(aside);
                    }
                } catch (NoSuchFileException moved) {
                    // Whoever wrote it has just put it in its place.
                    continue;
                }
            }
        }
    }

    private static boolean holds(Path file, byte[] bytes, Instant modified) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Files.getLastModifiedTime(file).toMillis() == modified.toEpochMilli()
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file has a folder");
    }
}
