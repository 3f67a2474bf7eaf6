package io.broadsheet.source;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Kinds of pictures that readers' programs show, told by their first bytes. SVG is none of them: it is a document that may hold script. */
enum Picture {
    JPEG("jpg", "image/jpeg"),
    PNG("png", "image/png"),
    GIF("gif", "image/gif"),
    WEBP("webp", "image/webp");

    /** How far before its end a picture's own end mark is looked for; programs add little behind it. */
    private static final int END_BYTES = 64 * 1024;

    private final String extension;
    private final String type;

    Picture(String extension, String type) {
        this.extension = extension;
        this.type = type;
    }

    String extension() {
        return extension;
    }

    String type() {
        return type;
    }

    /** What these bytes are, whatever their file is called; null when they are none of these. */
    static @Nullable Picture of(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return GIF;
        }
        return head.startsWith("RIFF") && head.startsWith("WEBP", 8) ? WEBP : null;
    }

    /** Whether its end is there: a copy that stalls looks settled before it is whole. */
    boolean isWhole(byte[] bytes) {
        int from = Math.max(0, bytes.length - END_BYTES);
        String end = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1);
        return switch (this) {
            case JPEG -> end.contains("\u00ff\u00d9");
            case PNG -> end.contains("IEND");
            case GIF -> end.indexOf(';') >= 0;
            case WEBP -> bytes.length >= 8L + length(bytes);
        };
    }

    /** RIFF: four bytes behind the first four, the lowest first. */
    private static long length(byte[] bytes) {
        return (bytes[4] & 0xffL) | (bytes[5] & 0xffL) << 8 | (bytes[6] & 0xffL) << 16 | (bytes[7] & 0xffL) << 24;
    }
}
