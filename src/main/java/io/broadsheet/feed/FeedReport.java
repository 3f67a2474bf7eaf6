package io.broadsheet.feed;

import java.util.List;

/**
 * What publishing did to one feed.
 *
 * @param files relative to the home, such as {@code feeds/news.rss}
 * @param changed whether any of them had to be written
 * @param articles how many the feed holds
 */
public record FeedReport(String name, List<String> files, boolean changed, int articles) {
    public FeedReport {
        files = List.copyOf(files);
    }
}
