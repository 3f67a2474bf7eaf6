package io.broadsheet.feed;

import io.broadsheet.error.OutsideError;
import io.broadsheet.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The folder {@code feeds/}: written by one thread of one process at a time, read by anybody at any time. */
final class FeedFiles {
    private final Path folder;
    private final Path lockFile;
    /** The OS lock is the process's; this one is for its threads. */
    private final ReentrantLock turn = new ReentrantLock();

    FeedFiles(Path folder, Path lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Runs the work while nobody else writes here, also no other process; then what is left of a killed one is gone. */
    <T> T alone(Supplier<T> work) {
        turn.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            Files.createDirectories(folder);
            WholeFile.sweep(folder, Instant.MAX);
            return work.get();
        } catch (IOException e) {
            throw unwritable(folder, e);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Makes a feed's files hold its documents, each with a gzip twin.
     *
     * @return whether any had to be written
     * @throws OutsideError when the file system refuses; each file is then the old or the new one, whole
     */
    boolean write(String name, Documents documents, Instant modified) {
        boolean written = false;
        for (FeedFormat format : FeedFormat.values()) {
            written |= write(name + "." + format.extension(), documents.in(format), modified);
        }
        return written;
    }

    /** {@link #write(String, Documents, Instant)} for a single document. */
    boolean write(String file, byte[] bytes, Instant modified) {
        boolean twin = false;
        boolean plain = writeOne(file, bytes, modified);
        // A twin is compressed again only where it may be missing or belong to other bytes.
        if (plain || !isTwin(file, bytes, modified)) {
            twin = writeOne(file + ".gz", Bytes.gzip(bytes), modified);
        }
        return plain || twin;
    }

    private boolean isTwin(String file, byte[] bytes, Instant modified) {
        Path twin = folder.resolve(file + ".gz");
        try {
            return Files.isRegularFile(twin)
                    && Files.getLastModifiedTime(twin).toMillis() == modified.toEpochMilli()
                    && Arrays.equals(Bytes.gunzip(Files.readAllBytes(twin), bytes.length + 1), bytes);
        } catch (IOException damaged) {
            return false;
        }
    }

    private boolean writeOne(String file, byte[] bytes, Instant modified) {
        Path path = folder.resolve(file);
        try {
            return WholeFile.write(path, bytes, modified);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Writes the index, which has no twin, for it is never served. */
    void writeIndex(FeedIndex index, Instant modified) {
        byte[] bytes = index.toBytes();
        if (!holds(FeedIndex.FILE, bytes)) {
            writeOne(FeedIndex.FILE, bytes, modified);
        }
    }

    /** Writes the list of feeds. Its instant is that of its last change here: no row in the database keeps it. */
    void writeOpml(byte[] bytes, Instant modified) {
        if (!holds(OpmlWriter.FILE, bytes) || !Files.isRegularFile(folder.resolve(OpmlWriter.FILE + ".gz"))) {
            write(OpmlWriter.FILE, bytes, modified);
        }
    }

    private boolean holds(String file, byte[] bytes) {
        Path path = folder.resolve(file);
        try {
            return Files.isRegularFile(path) && Arrays.equals(Files.readAllBytes(path), bytes);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Removes the feed files, and their twins, of all names but these. Files that are none of ours stay. */
    void keepOnly(Set<String> names) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*.{rss,atom,json,rss.gz,atom.gz,json.gz}")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && !names.contains(name.substring(0, name.indexOf('.')))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    void settle() {
        try {
            WholeFile.settle(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** The names of a feed's files as a person sees them from the home. */
    List<String> names(String feed) {
        List<String> names = new ArrayList<>();
        for (FeedFormat format : FeedFormat.values()) {
            names.add(folder.getFileName() + "/" + feed + "." + format.extension());
        }
        return names;
    }

    private static OutsideError unwritable(Path path, IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new OutsideError(
                path + ": can't be written, the old one is kept; " + why
                        + "; make room there or give this user the right to write, then run 'broadsheet feeds build'",
                true,
                cause);
    }
}
