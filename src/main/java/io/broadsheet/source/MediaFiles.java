package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures that we publish ourselves, in {@code feeds/media/}: each is called by the hash of its bytes, so that what an address shows never changes, and
 * keeping one twice keeps one. Files are never seen half written. Safe for several threads and processes.
 */
public final class MediaFiles {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.(jpg|png|gif|webp)");

    /** What a killed process left is surely nobody's by then. */
    private static final Duration LEFT = Duration.ofDays(1);

    private final Path folder;
    private final String base;
    private final Clock clock;
    private final boolean keeping;

    /**
     * @param folder made when the first picture is kept
     * @param base absolute URL under which the folder is served, without a slash at its end
     */
    public MediaFiles(Path folder, String base, Clock clock) {
        this(folder, base, clock, true);
    }

    private MediaFiles(Path folder, String base, Clock clock, boolean keeping) {
        this.folder = folder;
        this.base = base;
        this.clock = clock;
        this.keeping = keeping;
    }

    /** For a trial: pictures get the addresses that they would have, and nothing is written. */
    MediaFiles withoutKeeping() {
        return new MediaFiles(folder, base, clock, false);
    }

    /**
     * A picture as it is published.
     *
     * @param type its media type
     */
    public record Medium(Path file, String type) {}

    /**
     * Keeps a picture, durably when this returns. A second call with the same bytes does nothing.
     *
     * @throws OutsideError when the file system refuses
     */
    Enclosure keep(Picture picture, byte[] bytes) {
        String name = Sha256.hex(bytes) + "." + picture.extension();
        Path file = folder.resolve(name);
        try {
            boolean kept = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == bytes.length;
            if (keeping && !kept) {
                WholeFile.add(file, bytes);
                WholeFile.sweep(folder, clock.instant().minus(LEFT));
            }
        } catch (IOException e) {
            throw new OutsideError(
                    file + ": can't be written; look at the free space and the permissions of feeds/media", true, e);
        }
        return new Enclosure(base + "/" + name, picture.type(), (long) bytes.length);
    }

    /** The picture of that file name; none for a name that is not one of ours. */
    public Optional<Medium> find(String name) {
        Matcher ours = NAME.matcher(name);
        Path file = folder.resolve(ours.matches() ? name : "none");
        if (!ours.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String extension = Objects.requireNonNull(ours.group(1));
        for (Picture picture : Picture.values()) {
            if (picture.extension().equals(extension)) {
                return Optional.of(new Medium(file, picture.type()));
            }
        }
        return Optional.empty();
    }
}
