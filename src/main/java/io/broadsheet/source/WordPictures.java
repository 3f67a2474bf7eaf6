package io.broadsheet.source;

import io.broadsheet.html.Sanitizer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pictures that a word processor's document shows, named by their parts of it. Unpacked when the first one is asked for. Used by one thread. */
final class WordPictures implements Sanitizer.Pictures {
    /** Pictures are packed already: they are hardly larger than the document, whose size is bounded. */
    private static final int ALL_BYTES_MAX = 20 * 1024 * 1024;

    private final byte[] document;
    private final Set<String> names;
    private final PicturesBeside pictures;
    private @Nullable Map<String, byte[]> parts;

    /** @param names of the parts that the document shows; no other is read */
    WordPictures(byte[] document, Set<String> names, PicturesBeside pictures) {
        this.document = document;
        this.names = names;
        this.pictures = pictures;
    }

    @Override
    public @Nullable String address(String reference) {
        return names.contains(reference) ? pictures.within(reference, () -> part(reference)) : null;
    }

    private byte @Nullable [] part(String name) {
        if (parts == null) {
            try {
                parts = WordParts.read(document, names, PublishedPictures.BYTES_MAX, ALL_BYTES_MAX);
            } catch (IOException e) {
                // Its text could be read; its pictures are told as what can't be shown.
                parts = Map.of();
            }
        }
        return parts.get(name);
    }
}
