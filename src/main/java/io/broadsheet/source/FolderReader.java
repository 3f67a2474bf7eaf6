package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the text, Markdown, HTML, Word and mail files of one folder and of the folders in it, and the pictures beside them. Safe for several threads. */
final class FolderReader {
    /** A press release is a few kilobytes; a larger file is something else. */
    private static final int FILE_BYTES_MAX = 2 * 1024 * 1024;

    /** Pictures stand in it. */
    private static final int DOCX_BYTES_MAX = 20 * 1024 * 1024;

    /** Attachments stand in it, which are passed over. */
    private static final int EML_BYTES_MAX = 10 * 1024 * 1024;

    private static final int FILES_MAX = 10_000;
    private static final int DEPTH = 2;
    private static final Pattern NAMES = Pattern.compile(".*\\.(?:txt|md|markdown|html?|docx|eml)");

    private final Path home;
    private final DocumentParser documents = new DocumentParser();

    private final MediaFiles media;

    /** @param media where pictures that lie beside texts are published */
    FolderReader(Path home, MediaFiles media) {
        this.home = home;
        this.media = media;
    }

    /** For a trial: the same, but for pictures, of which none is published. */
    FolderReader withoutKeeping() {
        return new FolderReader(home, media.withoutKeeping());
    }

    /**
     * A file as it lies there.
     *
     * @param name relative to the folder, parts joined by a slash
     */
    record Found(String name, Path file, long bytes, long changedMs) {
        String line() {
            return name + "\t" + bytes + "\t" + changedMs + "\n";
        }
    }

    /** Files in the order of their names. @throws OutsideError when the folder is not there, or not within the home */
    List<Found> list(String path) {
        Path folder = home.resolve(path).normalize();
        try {
            boolean within = folder.startsWith(home.normalize())
                    && Files.isDirectory(folder)
                    && folder.toRealPath().startsWith(home.toRealPath());
            if (!within) {
                boolean missing = folder.startsWith(home.normalize()) && !Files.exists(folder);
                throw new OutsideError(
                        path + ": "
                                + (missing
                                        ? "no such folder in the home; make it, or mend 'path'"
                                        : "is not a folder within the home; a folder source may not leave it"),
                        false,
                        null);
            }
            List<Found> found = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder, DEPTH)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Found one = found(folder, file);
                    if (one != null && found.size() < FILES_MAX) {
                        found.add(one);
                    }
                }
            }
            found.sort((a, b) -> a.name().compareTo(b.name()));
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new OutsideError(path + ": the folder can't be read; look at its permissions", true, e);
        }
    }

    private static @Nullable Found found(Path folder, Path file) throws IOException {
        String name = folder.relativize(file).toString().replace('\\', '/');
        boolean hidden = name.startsWith(".") || name.contains("/.");
        boolean named = NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches() || PicturesBeside.isPicture(name);
        if (hidden || !named) {
            return null;
        }
        // A link could lead out of the home.
        BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return there.isRegularFile()
                ? new Found(name, file, there.size(), there.lastModifiedTime().toMillis())
                : null;
    }

    /**
     * What a file shows.
     *
     * @param pictures other files that were looked into for it, as they were listed
     * @param notes what was mended or left out, and why there are no entries
     */
    record Read(List<Entry> entries, Set<Found> pictures, List<String> notes) {
        static Read nothing(String why) {
            return new Read(List.of(), Set.of(), List.of(why));
        }
    }

    /**
     * The file's entries; none, with a note, for one that can't be read or is still being written.
     *
     * @param all pictures of the folder, among them those that may belong to this file
     * @throws OutsideError when a picture can't be kept now
     */
    Read read(Found found, FolderPictures all, ZoneId zone) {
        String name = Safe.text(found.name());
        if (found.bytes() == 0) {
            return Read.nothing(name + ": is empty and was passed over");
        }
        try (InputStream in = Files.newInputStream(found.file(), LinkOption.NOFOLLOW_LINKS)) {
            int most = bytesMax(found.name().toLowerCase(Locale.ROOT));
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                return Read.nothing(name + ": is over " + most / 1024 / 1024 + " MiB and was passed over");
            }
            Notes notes = new Notes();
            PicturesBeside pictures = new PicturesBeside(found, all, media, notes);
            Inspected read = documents.parse(new Raw(found.name(), bytes, null, null, false, zone), pictures);
            if (read.kind().equals("opml")) {
                return Read.nothing(name + ": is a list of feeds, not a text, and was passed over");
            }
            read.notes().forEach(note -> notes.add(name + ": " + note));
            boolean single = read.entries().size() == 1;
            List<Entry> entries = read.entries().stream()
                    .map(entry -> named(entry, found.name(), single))
                    .map(entry -> single ? pictures.with(entry) : entry)
                    .toList();
            return new Read(entries, pictures.used(), notes.sentences());
        } catch (OutsideError e) {
            if (e.retryable()) {
                throw e;
            }
            return Read.nothing(Safe.text(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Read.nothing(name + ": can't be read and was passed over; look at its permissions");
        }
    }

    private static int bytesMax(String name) {
        if (name.endsWith(".docx")) {
            return DOCX_BYTES_MAX;
        }
        return name.endsWith(".eml") ? EML_BYTES_MAX : FILE_BYTES_MAX;
    }

    /** What the file itself says is its id goes before its name. */
    private static Entry named(Entry entry, String name, boolean single) {
        return entry.id() == null && single ? entry.withId(name) : entry;
    }
}
