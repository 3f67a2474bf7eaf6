package io.broadsheet.source;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads a feed that was pushed, as one that was fetched is read. Safe for several threads. */
public final class PushedFeed {
    private final FeedParser feeds = new FeedParser();

    /**
     * @param topic what it is known as at its hub; relative links are resolved against it
     * @throws io.broadsheet.error.OutsideError when it is no feed
     */
    public Inspected read(SourceDefinition source, String topic, byte[] body, @Nullable String contentType) {
        ZoneId zone = source.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(source.timeZone());
        return feeds.parse(new Raw(topic, body, contentType, topic, false, zone));
    }
}
