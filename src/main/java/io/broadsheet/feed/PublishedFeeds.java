package io.broadsheet.feed;

import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was published, for those who serve it: files from {@code feeds/}, kept in memory and read anew when they were replaced, by whichever
 * process. No database and no feed library is asked. Safe for several threads: what is kept is immutable and swapped whole.
 */
public final class PublishedFeeds {
    private static final Logger log = LoggerFactory.getLogger(PublishedFeeds.class);

    /** How old an answer may be. One look at the file's attributes a second costs nothing, however many ask. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /** What we wrote ourselves is far smaller; more than this is somebody else's file. */
    private static final int BYTES_MAX = 64 << 20;

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int OPML_MINUTES = 60;

    private final Path folder;
    private final LongSupplier nanos;
    private final Map<String, Kept<PublishedFile>> files = new ConcurrentHashMap<>();
    private volatile @Nullable Kept<FeedIndex> index;

    /** @param folder the home's {@code feeds/} */
    public PublishedFeeds(Path folder) {
        this(folder, System::nanoTime);
    }

    /** @param nanos a clock that only ever moves on, for how long what is kept stays fresh */
    PublishedFeeds(Path folder, LongSupplier nanos) {
        this.folder = folder;
        this.nanos = nanos;
    }

    /** Whether a name has a feed. */
    public enum Standing {
        OPEN,
        /** There was one; it won't come back. */
        CLOSED,
        UNKNOWN
    }

    /** The open feeds by name. */
    public List<PublishedFeed> open() {
        return index().open();
    }

    public Standing standing(String name) {
        FeedIndex now = index();
        if (now.find(name) != null) {
            return Standing.OPEN;
        }
        return now.closed().contains(name) ? Standing.CLOSED : Standing.UNKNOWN;
    }

    /** One document of an open feed. */
    public Optional<PublishedFile> find(String name, FeedFormat format) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        PublishedFeed feed = index().find(name);
        return feed == null
                ? Optional.empty()
                : file(name + "." + format.extension(), format.mediaType(), feed.minutes());
    }

    /** The list of all feeds. */
    public Optional<PublishedFile> opml() {
        return file(OpmlWriter.FILE, "text/x-opml", OPML_MINUTES);
    }

    private FeedIndex index() {
        Kept<FeedIndex> kept = index;
        long now = nanos.getAsLong();
        if (kept != null && now - kept.checkedNanos < FRESH_NANOS) {
            return kept.value;
        }
        Path file = folder.resolve(FeedIndex.FILE);
        try {
            Stamp stamp = Stamp.of(file);
            if (kept == null || !kept.stamp.equals(stamp)) {
                kept = new Kept<>(FeedIndex.of(Files.readAllBytes(file)), stamp);
            }
            kept.checkedNanos = now;
            index = kept;
            return kept.value;
        } catch (NoSuchFileException nothingPublishedYet) {
            return FeedIndex.EMPTY;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private Optional<PublishedFile> file(String name, String mediaType, int minutes) {
        Kept<PublishedFile> kept = files.get(name);
        long now = nanos.getAsLong();
        if (kept != null && now - kept.checkedNanos < FRESH_NANOS) {
            return Optional.of(kept.value);
        }
        Path file = folder.resolve(name);
        try {
            Stamp stamp = Stamp.of(file);
            if (kept == null || !kept.stamp.equals(stamp) || kept.value.minutes() != minutes) {
                kept = new Kept<>(load(file, mediaType, stamp.modified, minutes), stamp);
                files.put(name, kept);
            }
            kept.checkedNanos = now;
            return Optional.of(kept.value);
        } catch (NoSuchFileException gone) {
            files.remove(name);
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static PublishedFile load(Path file, String mediaType, Instant modified, int minutes) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Path twin = file.resolveSibling(file.getFileName() + ".gz");
        byte[] packed = null;
        // The twin is renamed a moment after the file, so that for an instant, or after a kill, it can be an older one.
        try {
            byte[] read = Files.readAllBytes(twin);
            packed = Arrays.equals(Bytes.gunzip(read, BYTES_MAX), bytes) ? read : null;
        } catch (IOException e) {
            log.atDebug().addKeyValue("file", twin).setCause(e).log("gzip twin not usable");
        }
        return PublishedFile.of(mediaType, bytes, packed == null ? Bytes.gzip(bytes) : packed, modified, minutes);
    }

    private static OutsideError unreadable(Path file, IOException cause) {
        return new OutsideError(
                file + ": can't be read; " + cause.getMessage() + "; give this user the right to read it", true, cause);
    }

    /** What tells one file from the one that replaces it: also within one tick of the clock, since a rename brings another inode. */
    private record Stamp(
            Instant modified, long size, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
        }
    }

    private static final class Kept<T> {
        private final T value;
        private final Stamp stamp;
        private volatile long checkedNanos;

        Kept(T value, Stamp stamp) {
            this.value = value;
            this.stamp = stamp;
        }
    }
}
