package io.broadsheet.feed;

import java.util.Optional;

/** The forms a feed is published in. */
public enum FeedFormat {
    /** RSS 2.0 by the profile of the RSS Advisory Board. */
    RSS("rss", "application/rss+xml", "RSS"),
    /** Atom 1.0 (RFC 4287). */
    ATOM("atom", "application/atom+xml", "Atom"),
    /** JSON Feed 1.1. */
    JSON("json", "application/feed+json", "JSON Feed");

    private final String extension;
    private final String mediaType;
    private final String title;

    FeedFormat(String extension, String mediaType, String title) {
        this.extension = extension;
        this.mediaType = mediaType;
        this.title = title;
    }

    /** The format of a file name's ending, such as {@code rss}. */
    public static Optional<FeedFormat> ofExtension(String extension) {
        for (FeedFormat format : values()) {
            if (format.extension.equals(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Without a dot. */
    public String extension() {
        return extension;
    }

    /** Without a charset: all three are UTF-8, and the XML ones say so themselves (RFC 7303 §3). */
    public String mediaType() {
        return mediaType;
    }

    /** What readers call it. */
    public String title() {
        return title;
    }
}
