package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import java.time.ZoneOffset;

/** For a fuzzer: any bytes as a feed. What is refused is refused with our error, all else is a finding. How to run it: docs/reliability.md. */
public final class FeedFuzz {
    private static final FeedParser FEEDS = new FeedParser();

    private FeedFuzz() {}

    public static void fuzzerTestOneInput(byte[] document) {
        try {
            Sound.check(FEEDS.parse(
                    new Raw("fuzz.xml", document, null, "https://news.example.org/rss", false, ZoneOffset.UTC)));
        } catch (OutsideError refused) {
            // As it must be for what is no feed.
        }
    }
}
