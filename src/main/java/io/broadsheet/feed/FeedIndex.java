package io.broadsheet.feed;

import io.broadsheet.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code feeds/}, as one small file beside the feeds: so that whoever serves them needs no database.
 *
 * @param open by name
 * @param closed names whose addresses answer that they are gone
 */
record FeedIndex(List<PublishedFeed> open, List<String> closed) {
    static final String FILE = ".index.json";
    static final FeedIndex EMPTY = new FeedIndex(List.of(), List.of());

    FeedIndex {
        open = List.copyOf(open);
        closed = List.copyOf(closed);
    }

    @Nullable
    PublishedFeed find(String name) {
        for (PublishedFeed feed : open) {
            if (feed.name().equals(name)) {
                return feed;
            }
        }
        return null;
    }

    byte[] toBytes() {
        return (Json.write(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when the bytes are not an index */
    static FeedIndex of(byte[] bytes) {
        return Json.read(new String(bytes, StandardCharsets.UTF_8), FeedIndex.class);
    }
}
