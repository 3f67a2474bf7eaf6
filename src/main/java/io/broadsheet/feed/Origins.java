package io.broadsheet.feed;

import io.broadsheet.article.Selection;
import io.broadsheet.source.SourceDefinition;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a feed tells of the sources behind it. */
final class Origins {
    /** What a source without a rhythm of its own would be asked at. */
    private static final Duration EVERY_DEFAULT = Duration.ofMinutes(15);

    private static final long MINUTES_MAX = Duration.ofDays(1).toMinutes();

    private Origins() {}

    /**
     * Names and addresses of the sources that are feeds and may be named in public: one whose address holds a user, a password or a query, where
     * keys hide, is not named.
     */
    static Map<String, String> publicAddresses(List<SourceDefinition> sources) {
        Map<String, String> addresses = new HashMap<>();
        for (SourceDefinition source : sources) {
            String url = source.url();
            if (url != null && isPublic(url)) {
                addresses.put(source.name(), url);
            }
        }
        return addresses;
    }

    private static boolean isPublic(String url) {
        try {
            URI uri = new URI(url);
            return uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** How often the feed can change: as often as the most visited of the sources it selects, in whole minutes. */
    static int minutes(Selection select, List<SourceDefinition> sources) {
        Duration shortest = sources.stream()
                .filter(source -> select.sources().isEmpty() || select.sources().contains(source.name()))
                .map(SourceDefinition::every)
                .min(Duration::compareTo)
                .orElse(EVERY_DEFAULT);
        return (int) Math.max(1, Math.min(MINUTES_MAX, shortest.toMinutes()));
    }
}
