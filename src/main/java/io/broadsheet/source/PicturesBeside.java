package io.broadsheet.source;

import io.broadsheet.html.Sanitizer;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one text in a folder: those that it shows by their file name, those in its own file, and the one with its own name. Only regular files that lie in the same
 * folder as the text are looked at, never one that a path or a link leads to. Used by one thread.
 */
final class PicturesBeside implements Sanitizer.Pictures {
    private static final Pattern PICTURE_NAME = Pattern.compile("(?i).*\\.(?:jpe?g|png|gif|webp)");

    /** An address, or a path from the root: not a file's name. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("^(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\\\#?]).*", Pattern.DOTALL);

    private final Notes notes;
    private final FolderPictures pictures;
    private final Map<FolderReader.Found, Enclosure> used = new LinkedHashMap<>();
    /** In the order of their places in the text. */
    private final Set<Enclosure> placed = new LinkedHashSet<>();

    private final PublishedPictures published;
    private final FolderReader.Found text;

    PicturesBeside(FolderReader.Found text, FolderPictures pictures, MediaFiles media, Notes notes) {
        this.text = text;
        this.notes = notes;
        this.published = new PublishedPictures(text.name(), media, notes);
        this.pictures = pictures;
    }

    static boolean isPicture(String name) {
        return PICTURE_NAME.matcher(name).matches();
    }

    @Override
    public @Nullable String address(String reference) {
        String name = reference.startsWith("./") ? reference.substring(2) : reference;
        FolderReader.Found found = pictures.beside(text.name(), name);
        if (found == null && name.contains("%")) {
            found = pictures.beside(text.name(), unescaped(name));
        }
        if (found == null) {
            if (isPicture(name) && !ELSEWHERE.matcher(name).matches()) {
                notes.add(Safe.text(text.name()) + ": shows the picture " + Safe.text(name)
                        + ", which does not lie beside it; put it there");
            }
            return null;
        }
        return placed(published(found));
    }

    /** The address of a picture that is in the text's own file; absent where it can't be shown. */
    @Nullable
    String within(String name, Supplier<byte @Nullable []> bytes) {
        return placed(published.publish(text.name() + ": " + name, bytes));
    }

    private @Nullable String placed(@Nullable Enclosure picture) {
        if (picture == null) {
            return null;
        }
        placed.add(picture);
        return picture.url();
    }

    private static String unescaped(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that escapes nothing is one.
            return name;
        }
    }

    private @Nullable Enclosure published(FolderReader.Found found) {
        Enclosure picture = published.publish(found.name(), () -> bytes(found));
        if (picture != null) {
            used.put(found, picture);
        }
        return picture;
    }

    private byte @Nullable [] bytes(FolderReader.Found found) {
        if (found.bytes() > PublishedPictures.BYTES_MAX) {
            return null;
        }
        try (InputStream in = Files.newInputStream(found.file(), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(PublishedPictures.BYTES_MAX + 1);
        } catch (IOException e) {
            notes.add(Safe.text(found.name()) + ": can't be read; look at its permissions");
            return null;
        }
    }

    /** The story with its pictures: all of them as enclosures, and at its head the one with the text's own name, if the text does not show it. */
    Entry with(Entry entry) {
        StringBuilder content = new StringBuilder();
        Set<Enclosure> enclosures = new LinkedHashSet<>();
        for (FolderReader.Found own : pictures.ofItsName(text.name())) {
            Enclosure picture = used.containsKey(own) ? null : published(own);
            if (picture != null && !placed.contains(picture) && enclosures.add(picture)) {
                content.append("<p><img src=\"").append(picture.url()).append("\" alt=\"\"></p>");
            }
        }
        enclosures.addAll(placed);
        if (enclosures.isEmpty()) {
            return entry;
        }
        List<Enclosure> all = new ArrayList<>(enclosures);
        entry.enclosures().stream()
                .filter(other -> all.stream().noneMatch(ours -> ours.url().equals(other.url())))
                .forEach(all::add);
        return entry.withContent(content + (entry.content() == null ? "" : entry.content()))
                .withEnclosures(all);
    }

    /** The files that were looked into, as they were listed. */
    Set<FolderReader.Found> used() {
        return Set.copyOf(used.keySet());
    }
}
