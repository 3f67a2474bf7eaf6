package io.broadsheet.source;

import io.broadsheet.source.FolderReader.Found;
import io.broadsheet.source.Visit.Status;
import io.broadsheet.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Visits a folder: reads the files that are not as they were at the last visit, however many others lie there. Stores nothing but pictures. Safe for
 * several threads.
 */
final class VisitFolder {
    /** A program that saves a file in pieces has written the next one by then. */
    private static final Duration SETTLED = Duration.ofMillis(300);

    private static final int SETTLING_LOOKS = 10;

    /** Of a folder in which a file was changed while it was read: like no folder's, so that the next visit looks again. */
    private static final String UNSETTLED = "unsettled";

    private final Pause settling = new Pause();
    private final FolderReader folders;
    private final Clock clock;

    VisitFolder(FolderReader folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
    }

    /** For a trial: the same, but it publishes no pictures. */
    VisitFolder withoutKeeping() {
        return new VisitFolder(folders.withoutKeeping(), clock);
    }

    /** @param state without a fingerprint all files are read, whatever is remembered of them */
    Visit visit(String path, FetchState state, SourceMemory memory, ZoneId zone, Room.Share share) {
        List<Found> before = settled(path);
        String fingerprint = fingerprint(before);
        if (fingerprint.equals(state.fingerprint())) {
            return new Visit(Status.UNCHANGED, List.of(), List.of(), state, null, null);
        }
        Map<String, ReadFile> known = state.fingerprint() == null ? Map.of() : memory.files();
        FolderPictures pictures = new FolderPictures(before);
        Map<String, ReadFile> kept = new LinkedHashMap<>();
        Set<String> unread = new HashSet<>();
        Map<Found, FolderReader.Read> read = new LinkedHashMap<>();
        for (Found file : before) {
            ReadFile was = known.get(file.name());
            if (PicturesBeside.isPicture(file.name())) {
                continue;
            }
            if (was != null && was.stamp().equals(stamp(file, was.pictures(), pictures))) {
                kept.put(file.name(), was);
                unread.addAll(was.idsOf(file.name()));
            } else {
                read.put(file, read(file, pictures, zone, share));
            }
        }
        Set<Found> after = Set.copyOf(folders.list(path));
        Notes notes = new Notes();
        List<Entry> entries = new ArrayList<>();
        boolean settled = true;
        for (Map.Entry<Found, FolderReader.Read> one : read.entrySet()) {
            Found file = one.getKey();
            if (!after.contains(file) || !after.containsAll(one.getValue().pictures())) {
                settled = false;
                notes.add(file.name() + ": was changed while it was read; it is read at the next visit");
                continue;
            }
            entries.addAll(one.getValue().entries());
            one.getValue().notes().forEach(notes::add);
            ReadFile done = done(file, one.getValue(), pictures);
            if (done != null) {
                kept.put(file.name(), done);
            }
        }
        FetchState next = new FetchState(null, null, settled ? fingerprint : UNSETTLED, null);
        return new Visit(
                Status.OK, entries, notes.sentences(), next, null, null, SourceMemory.ofFolder(kept), unread, null);
    }

    private FolderReader.Read read(Found file, FolderPictures pictures, ZoneId zone, Room.Share share) {
        if (file.bytes() > Room.LARGE_BYTES) {
            share.beLarge();
        }
        return share.reading(() -> folders.read(file, pictures, zone));
    }

    /** To remember of it; absent where it has to be read again: what is wrong with it is told until it is mended. */
    private static @Nullable ReadFile done(Found file, FolderReader.Read read, FolderPictures pictures) {
        List<String> ids =
                read.entries().stream().map(Entry::id).filter(Objects::nonNull).toList();
        if (!read.notes().isEmpty()
                || ids.isEmpty()
                || ids.size() < read.entries().size()) {
            return null;
        }
        List<String> shown = read.pictures().stream().map(Found::name).sorted().toList();
        return new ReadFile(stamp(file, shown, pictures), shown, ids.equals(List.of(file.name())) ? List.of() : ids);
    }

    private static String stamp(Found file, List<String> shown, FolderPictures pictures) {
        StringBuilder lines = new StringBuilder(file.line());
        for (String name : shown) {
            Found picture = pictures.find(name);
            lines.append(picture == null ? name + " is gone\n" : picture.line());
        }
        pictures.ofItsName(file.name()).forEach(picture -> lines.append(picture.line()));
        return Sha256.hex(lines.toString()).substring(0, 24);
    }

    /** The files, once none was written to for a moment. One that is written to for longer shows as changed while it was read. */
    private List<Found> settled(String path) {
        List<Found> found = folders.list(path);
        for (int looks = 0; looks < SETTLING_LOOKS; looks++) {
            long now = clock.millis();
            boolean young = found.stream()
                    .mapToLong(file -> now - file.changedMs())
                    .anyMatch(age -> age >= 0 && age < SETTLED.toMillis());
            if (!young || settling.stoppedWithin(SETTLED)) {
                return found;
            }
            found = folders.list(path);
        }
        return found;
    }

    private static String fingerprint(List<Found> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach(file -> lines.append(file.line()));
        return Sha256.hex(lines.toString());
    }
}
