package io.broadsheet.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * Files that are never seen half written: each is written aside in its own folder, made durable, and renamed over the old one. Whoever writes to
 * a folder holds its lock.
 */
final class WholeFile {
    /** Ends unlike a feed, so that nobody who lists a folder after a kill takes what is half written for one. */
    private static final String ASIDE = ".tmp";

    private WholeFile() {}

    /**
     * Makes the file hold these bytes. When this throws, or the machine stops, the old file is still there, whole.
     *
     * @param modified becomes the file's own, so that Last-Modified is the same on every node
     * @return whether anything had to be written
     */
    static boolean write(Path file, byte[] bytes, Instant modified) throws IOException {
        if (holds(file, bytes, modified)) {
            return false;
        }
        Path folder = folder(file);
        Path aside = folder.resolve("." + file.getFileName() + ASIDE);
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                Files.setLastModifiedTime(aside, FileTime.from(modified));
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        return true;
    }

    /** Makes renames and deletions in the folder durable. Windows can't open a folder, and needs not. */
    static void settle(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("/")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Removes what a killed process left beside its files. */
    static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, ".*" + ASIDE)) {
            for (Path aside : left) {
                Files.deleteIfExists(aside);
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
