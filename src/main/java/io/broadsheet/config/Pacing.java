package io.broadsheet.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast one sender may send.
 *
 * @param rate of all its mail together; absent: as fast as it goes
 * @param eachDomain what holds for every receiving domain that no provider names
 * @param providers what holds for all domains of one provider together
 */
public record Pacing(@Nullable Rate rate, Limit eachDomain, List<Provider> providers) {
    /** No limit but the number of connections. */
    public static final Pacing NONE = new Pacing(null, Limit.NONE, List.of());

    public Pacing {
        providers = List.copyOf(providers);
    }

    /**
     * A limit of one receiver.
     *
     * @param rate absent: none of its own
     * @param connections at once, at least 1; absent: as many as the sender has
     */
    public record Limit(@Nullable Rate rate, @Nullable Integer connections) {
        static final Limit NONE = new Limit(null, null);

        public boolean isNone() {
            return rate == null && connections == null;
        }
    }

    /**
     * A receiver of many domains.
     *
     * @param name one that is known by itself ({@code gmail}, {@code yahoo}, {@code microsoft}, {@code apple}), or an admin's own
     * @param domains further domains of it, lower-case
     */
    public record Provider(String name, List<String> domains, Limit limit) {
        public Provider {
            domains = List.copyOf(domains);
        }
    }
}
