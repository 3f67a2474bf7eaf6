package io.broadsheet.source;

import io.broadsheet.log.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one text in a folder: those that it names, by their file name, and the one with its own name. Only regular files that lie in the same
 * folder as the text are looked at, never one that a path or a link leads to. Used by one thread.
 */
final class PicturesBeside {
    /** Cameras write 5 to 8 MiB; nobody wants more in a mail or a feed. */
    private static final int PICTURE_BYTES_MAX = 10 * 1024 * 1024;

    private static final int PICTURES_MAX = 50;
    private static final Pattern PICTURE_NAME = Pattern.compile("(?i).*\\.(?:jpe?g|png|gif|webp)");
    private static final Set<String> NAMING = Set.of("md", "markdown", "html", "htm");

    /** The target of a picture in Markdown or HTML; a name with blanks is written with {@code %20} or in angle brackets. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(!\\[[^\\]\\n]{0,500}\\]\\(\\s{0,5}<?|<img\\s[^<>]{0,1000}?\\bsrc\\s{0,5}=\\s{0,5}[\"']?)([^\"'()<>\\s][^\"'()<>\\n]{0,250}?)(?=[\"'>)\\s])",
            Pattern.CASE_INSENSITIVE);

    private final MediaFiles media;
    private final Notes notes;
    private final Map<String, FolderReader.Found> beside = new TreeMap<>();
    /** Looked at once, however often they are named. */
    private final Set<FolderReader.Found> refused = new HashSet<>();

    private final Map<FolderReader.Found, Enclosure> used = new LinkedHashMap<>();
    private final FolderReader.Found text;

    PicturesBeside(FolderReader.Found text, List<FolderReader.Found> all, MediaFiles media, Notes notes) {
        this.text = text;
        this.media = media;
        this.notes = notes;
        for (FolderReader.Found one : all) {
            if (isPicture(one.name()) && folder(one.name()).equals(folder(text.name()))) {
                beside.put(one.name().substring(folder(one.name()).length()), one);
            }
        }
    }

    static boolean isPicture(String name) {
        return PICTURE_NAME.matcher(name).matches();
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The text with the addresses of its pictures in place of their names; the rest is left as it is, octet for octet. */
    byte[] named(byte[] bytes) {
        String name = text.name().toLowerCase(Locale.ROOT);
        if (beside.isEmpty() || !NAMING.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return bytes;
        }
        String octets = new String(bytes, StandardCharsets.ISO_8859_1);
        String addressed = REFERENCE.matcher(octets).replaceAll(found -> {
            Enclosure picture = named(found.group(2).strip());
            return Matcher.quoteReplacement(picture == null ? found.group() : found.group(1) + picture.url());
        });
        return addressed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private @Nullable Enclosure named(String reference) {
        String name = new String(reference.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String plain = name.startsWith("./") ? name.substring(2) : name;
        FolderReader.Found found = beside.get(plain);
        if (found == null && plain.contains("%")) {
            try {
                found = beside.get(URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // A percent sign that escapes nothing: no file of this name is there.
                return null;
            }
        }
        return found == null ? null : published(found);
    }

    private @Nullable Enclosure published(FolderReader.Found found) {
        if (used.containsKey(found)) {
            return used.get(found);
        }
        if (refused.contains(found)) {
            return null;
        }
        if (used.size() + refused.size() >= PICTURES_MAX) {
            notes.add(Safe.text(text.name()) + ": has more than " + PICTURES_MAX + " pictures; the rest was left out");
            return null;
        }
        byte[] bytes = bytes(found);
        Picture picture = bytes == null ? null : Picture.of(bytes);
        if (bytes == null || picture == null || !picture.isWhole(bytes)) {
            String why = picture == null
                    ? ": is no JPEG, PNG, GIF or WebP picture of up to 10 MiB, and was left out"
                    : ": is a picture without its end; it is taken once it is whole";
            notes.add(Safe.text(found.name()) + why);
            refused.add(found);
            return null;
        }
        Enclosure enclosure = media.keep(picture, bytes);
        used.put(found, enclosure);
        return enclosure;
    }

    private byte @Nullable [] bytes(FolderReader.Found found) {
        if (found.bytes() > PICTURE_BYTES_MAX) {
            return null;
        }
        try (InputStream in = Files.newInputStream(found.file(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(PICTURE_BYTES_MAX + 1);
            return bytes.length > PICTURE_BYTES_MAX ? null : bytes;
        } catch (IOException e) {
            notes.add(Safe.text(found.name()) + ": can't be read and was left out; look at its permissions");
            return null;
        }
    }

    /** The story with its pictures: all of them as enclosures, and at its head the one with the text's own name, if the text does not show it. */
    Entry with(Entry entry) {
        String content = entry.content() == null ? "" : entry.content();
        for (Map.Entry<String, FolderReader.Found> one : beside.entrySet()) {
            String own = text.name().substring(folder(text.name()).length());
            if (stem(one.getKey()).equals(stem(own)) && !used.containsKey(one.getValue())) {
                Enclosure picture = published(one.getValue());
                if (picture != null) {
                    content = "<p><img src=\"" + picture.url() + "\" alt=\"\"></p>" + content;
                }
            }
        }
        if (used.isEmpty()) {
            return entry;
        }
        List<Enclosure> enclosures = new ArrayList<>(used.values());
        entry.enclosures().stream()
                .filter(other ->
                        used.values().stream().noneMatch(ours -> ours.url().equals(other.url())))
                .forEach(enclosures::add);
        return entry.withContent(content).withEnclosures(enclosures);
    }

    /** The files that were looked into, as they were listed. */
    Set<FolderReader.Found> used() {
        return Set.copyOf(used.keySet());
    }
}
