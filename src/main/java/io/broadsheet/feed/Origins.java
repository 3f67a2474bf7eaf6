package io.broadsheet.feed;

import io.broadsheet.article.Selection;
import io.broadsheet.source.Rhythm;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a feed tells of the sources behind it.
 *
 * @param open those that are still collected
 * @param addresses by name, those that are feeds and may be named in public; also of closed sources, whose articles stay
 */
record Origins(List<SourceDefinition> open, Map<String, String> addresses) {
    /** What a feed without an open source would be asked at. */
    private static final Duration EVERY_DEFAULT = Duration.ofMinutes(15);

    private static final long MINUTES_MAX = Duration.ofDays(1).toMinutes();

    Origins {
        open = List.copyOf(open);
        addresses = Map.copyOf(addresses);
    }

    static Origins of(List<Source> sources) {
        List<SourceDefinition> open = new ArrayList<>();
        Map<String, String> addresses = new HashMap<>();
        for (Source source : sources) {
            if (source.closed() == null) {
                open.add(source.definition());
            }
            String url = source.definition().url();
            if (url != null && isPublic(url)) {
                addresses.put(source.name(), url);
            }
        }
        return new Origins(open, addresses);
    }

    /** An address with a user, a password or a query, where keys hide, is not named. */
    private static boolean isPublic(String url) {
        try {
            URI uri = new URI(url);
            return uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** How often the feed can change: as often as the most visited of the sources it selects, in whole minutes. */
    int minutes(Selection select) {
        Duration shortest = open.stream()
                .filter(source -> select.sources().isEmpty() || select.sources().contains(source.name()))
                .map(Rhythm::usual)
                .min(Duration::compareTo)
                .orElse(EVERY_DEFAULT);
        return (int) Math.max(1, Math.min(MINUTES_MAX, shortest.toMinutes()));
    }
}
