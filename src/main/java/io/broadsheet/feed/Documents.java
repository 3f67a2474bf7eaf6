package io.broadsheet.feed;

import java.util.EnumMap;
import java.util.Map;

/** The three documents of one feed, built. */
final class Documents {
    private final Map<FeedFormat, byte[]> documents;

    private Documents(Map<FeedFormat, byte[]> documents) {
        this.documents = documents;
    }

    static Documents of(FeedContent content) {
        Map<FeedFormat, byte[]> built = new EnumMap<>(FeedFormat.class);
        built.put(FeedFormat.RSS, RssWriter.write(content));
        built.put(FeedFormat.ATOM, AtomWriter.write(content));
        built.put(FeedFormat.JSON, JsonFeedWriter.write(content));
        return new Documents(built);
    }

    byte[] in(FeedFormat format) {
        byte[] document = documents.get(format);
        if (document == null) {
            throw new IllegalStateException("every format is built");
        }
        return document;
    }

    /** Of all three: any change of bytes changes it. */
    String fingerprint() {
        return Bytes.fingerprint(in(FeedFormat.RSS), in(FeedFormat.ATOM), in(FeedFormat.JSON));
    }
}
