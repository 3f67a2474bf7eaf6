package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pictures of one text that are published, each once however often it is shown, and what is noted of the others. Used by one thread. */
final class PublishedPictures {
    /** Cameras write 5 to 8 MiB; nobody wants more in a mail or a feed. */
    static final int BYTES_MAX = 10 * 1024 * 1024;

    static final int PICTURES_MAX = 50;

    private final String text;
    private final MediaFiles media;
    private final Notes notes;
    /** By name; none for one that was refused. */
    private final Map<String, List<Enclosure>> seen = new HashMap<>();

    /** @param text its name, for notes */
    PublishedPictures(String text, MediaFiles media, Notes notes) {
        this.text = text;
        this.media = media;
        this.notes = notes;
    }

    /**
     * The picture, published; absent, with a note, where it is none, is cut off or too large, or one too many.
     *
     * @param name of the picture among those of the text
     * @param bytes asked once; absent when there are none or too many
     * @throws OutsideError when it can't be kept now
     */
    @Nullable
    Enclosure publish(String name, Supplier<byte @Nullable []> bytes) {
        List<Enclosure> known = seen.get(name);
        if (known == null && seen.size() >= PICTURES_MAX) {
            notes.add(Safe.text(text) + ": has more than " + PICTURES_MAX + " pictures; the rest was left out");
            return null;
        }
        if (known == null) {
            known = kept(name, bytes.get());
            seen.put(name, known);
        }
        return known.isEmpty() ? null : Objects.requireNonNull(known.get(0));
    }

    private List<Enclosure> kept(String name, byte @Nullable [] bytes) {
        Picture picture = bytes == null || bytes.length > BYTES_MAX ? null : Picture.of(bytes);
        if (bytes == null || picture == null) {
            notes.add(Safe.text(name) + ": is no JPEG, PNG, GIF or WebP picture of up to 10 MiB, and was left out");
            return List.of();
        }
        if (!picture.isWhole(bytes)) {
            notes.add(Safe.text(name) + ": is a picture without its end; it is taken once it is whole");
            return List.of();
        }
        return List.of(media.keep(picture, bytes));
    }
}
