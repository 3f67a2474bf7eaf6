package io.broadsheet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long after one visit the next is due. Where the definition says {@code every}, that; else as often as the source itself publishes: a quarter of
 * the usual time between two entries, longer and longer while nothing new comes, between five minutes and four hours. A
 * folder is looked at every minute.
 */
public final class Rhythm {
    private static final Duration FIRST = Duration.ofMinutes(15);
    /** To list one costs nobody else anything. */
    private static final Duration FOLDER = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    /** Also how far a server's caching headers and a feed's {@code ttl} can put off a visit. */
    static final Duration LONGEST = Duration.ofHours(4);

    private static final int PARTS = 4;
    /** Entries whose dates tell the rhythm. */
    private static final int NEWEST = 10;

    private Rhythm() {}

    /** @param news whether the visit brought something new or changed */
    public static Duration wait(Source source, Visit visit, boolean news, Instant now) {
        Duration fixed = fixed(source.definition());
        if (fixed != null) {
            return fixed;
        }
        Duration usual = news ? usual(visit.entries(), now) : null;
        Duration wait = usual == null ? longer(source) : usual.dividedBy(PARTS);
        return spread(source, within(wait));
    }

    /** What failures double: the wait that holds without news. */
    public static Duration base(Source source) {
        Duration fixed = fixed(source.definition());
        return fixed == null ? spread(source, FIRST) : fixed;
    }

    /** How often it is visited, as far as its definition alone tells. */
    public static Duration usual(SourceDefinition definition) {
        Duration fixed = fixed(definition);
        return fixed == null ? FIRST : fixed;
    }

    private static @Nullable Duration fixed(SourceDefinition definition) {
        boolean folder = definition.kind() == SourceDefinition.Kind.FOLDER;
        return definition.every() == null && folder ? FOLDER : definition.every();
    }

    /** A quarter longer than last time. */
    private static Duration longer(Source source) {
        if (source.collected() == null || source.failures() > 0) {
            return FIRST;
        }
        Duration last = Duration.between(source.collected(), source.next());
        return within(last).multipliedBy(PARTS + 1).dividedBy(PARTS);
    }

    private static Duration within(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** Sources that were added together are not visited together for ever: each has up to a tenth of its own on top. */
    private static Duration spread(Source source, Duration wait) {
        long part = Math.floorMod(source.name().hashCode(), 1_000L);
        return wait.plus(wait.multipliedBy(part).dividedBy(10_000));
    }

    /** The median time between the newest entries, today's silence counted as one; absent where dates tell nothing. */
    private static @Nullable Duration usual(List<Entry> entries, Instant now) {
        List<Instant> dates = entries.stream()
                .map(Entry::published)
                .filter(Objects::nonNull)
                .filter(date -> !date.isAfter(now))
                .distinct()
                .sorted((a, b) -> b.compareTo(a))
                .limit(NEWEST)
                .toList();
        if (dates.size() < 3) {
            return null;
        }
        Instant[] since = {now};
        List<Duration> gaps = dates.stream()
                .map(date -> {
                    Duration gap = Duration.between(date, since[0]);
                    since[0] = date;
                    return gap;
                })
                .sorted()
                .toList();
        return gaps.get(gaps.size() / 2);
    }
}
