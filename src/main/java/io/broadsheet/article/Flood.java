package io.broadsheet.article;

import io.broadsheet.source.NewsRate;
import io.broadsheet.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notices when an established source shows far more new articles than it ever did: after a site has moved, or drawn all its identifiers anew. Then
 * nobody is mailed before an admin has looked.
 */
final class Flood {
    /** Fewer are no flood, whatever is usual. */
    private static final int NEW_MIN = 10;

    /** What an ordinary busy day may be over the busiest of late. */
    private static final double TIMES_USUAL = 3;

    private static final int OVER_USUAL = 3;

    /** What is usual is known after so many visits with news, or after so long. */
    private static final int VISITS_MIN = 2;

    private static final Duration ESTABLISHED_MIN = Duration.ofDays(1);
    private static final double DAY_MS = Duration.ofDays(1).toMillis();

    private Flood() {}

    /**
     * Why a visit is held.
     *
     * @param shown entries of the visit
     * @param fresh how many of them are new articles
     * @param alike how many of the new ones are like one that is shown no more
     * @return one sentence; absent when it is none
     */
    static @Nullable String why(Source source, int shown, int fresh, int alike, Instant now) {
        Instant established = source.established();
        if (established == null || fresh < NEW_MIN || fresh * 2 < shown) {
            return null;
        }
        double usual = usual(source, established, now);
        boolean isKnown = source.news().visits() >= VISITS_MIN
                || !established.plus(ESTABLISHED_MIN).isAfter(now);
        boolean tooMany = isKnown && fresh > usual * TIMES_USUAL + OVER_USUAL;
        boolean mostKnown = alike * 2 >= fresh && fresh > usual;
        if (!tooMany && !mostKnown) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "%d of %d are new, usual is %d; %d resemble known articles",
                fresh,
                shown,
                Math.round(usual),
                alike);
    }

    /** The most of late in one visit, or what its days bring, where it wasn't visited for some. */
    private static double usual(Source source, Instant established, Instant now) {
        NewsRate news = source.news();
        double days = Math.max(1, Duration.between(established, now).toMillis() / DAY_MS);
        Instant last = source.collected() == null ? established : source.collected();
        double since = Duration.between(last, now).toMillis() / DAY_MS;
        return Math.max(news.usual(), news.sum() / days * since);
    }
}
