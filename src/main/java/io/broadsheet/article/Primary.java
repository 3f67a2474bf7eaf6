package io.broadsheet.article;

import io.broadsheet.http.RegistrableDomain;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of an article's sources has the say over its address, headline, byline, unit and wording. It is told by what is stored alone, so it is the same
 * until a sighting is added, or the wording becomes another source's.
 */
record Primary(SourceId source, Rule rule) {
    /** The first that hits wins. */
    enum Rule {
        /** It shows the article at an address of its own domain: it publishes it; others pass it on. */
        OWN_SITE,
        /** The article's text is the one that it shows, fuller than that of the source that showed it first. */
        FULLEST,
        /** It showed the article first. */
        FIRST;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param sightings of one article, earliest first; at least one
     * @param fingerprint of the article as it reads
     * @param sources looks a source up; absent where there is none
     */
    static Primary of(List<Sighting> sightings, String fingerprint, Function<SourceId, @Nullable Source> sources) {
        for (Sighting sighting : sightings) {
            if (isOwn(sighting, sources.apply(sighting.source()))) {
                return new Primary(sighting.source(), Rule.OWN_SITE);
            }
        }
        SourceId first = sightings.get(0).source();
        SourceId told = sightings.stream()
                .filter(sighting -> sighting.fingerprint().equals(fingerprint))
                .map(Sighting::source)
                .findFirst()
                .orElse(first);
        return new Primary(told, told.equals(first) ? Rule.FIRST : Rule.FULLEST);
    }

    private static boolean isOwn(Sighting sighting, @Nullable Source source) {
        String own = source == null ? null : domain(source.definition().url());
        return own != null && Objects.equals(own, domain(sighting.url()));
    }

    /** Absent without a host. */
    private static @Nullable String domain(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            String host = URI.create(url).getHost();
            return host == null ? null : RegistrableDomain.of(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            // As it was seen: it need not be one.
            return null;
        }
    }
}
