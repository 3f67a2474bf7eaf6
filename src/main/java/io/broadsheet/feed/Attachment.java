package io.broadsheet.feed;

import io.broadsheet.source.Enclosure;
import java.util.Locale;
import java.util.Map;

/** What all formats need to know of an enclosure and a source may have left out. */
final class Attachment {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"));

    private Attachment() {}

    /** The media type as the source says, or by the file's ending; RSS and JSON Feed demand one. */
    static String type(Enclosure enclosure) {
        String type = enclosure.type();
        if (type != null && type.contains("/")) {
            return type;
        }
        String path = enclosure.url().replaceFirst("[?#].*", "");
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, UNKNOWN);
    }

    /** Bytes; 0 when unknown, as the RSS profile advises. */
    static long length(Enclosure enclosure) {
        Long length = enclosure.length();
        return length == null ? 0 : Math.max(0, length);
    }
}
