package io.broadsheet.config;

import io.broadsheet.config.Settings.Smtp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way out for mail: through a mail server that takes it, or directly to those of the receivers.
 *
 * @param name unique; what is remembered of its pace bears it
 * @param weight its share where several could send, at least 1
 * @param newsletters which it is for; empty: all
 * @param smtp the server that takes its mail; absent with {@code direct}
 * @param direct how it goes to the receivers' own servers; absent with {@code smtp}
 * @param warmUp absent: none, or over
 */
public record SenderSettings(
        String name,
        int weight,
        List<String> newsletters,
        @Nullable Smtp smtp,
        @Nullable Direct direct,
        Pacing pacing,
        @Nullable WarmUp warmUp) {
    /** The one of {@code mail.smtp}, where {@code config/senders.yml} names none. */
    public static final String DEFAULT = "default";

    public SenderSettings {
        newsletters = List.copyOf(newsletters);
        if ((smtp == null) == (direct == null)) {
            throw new IllegalArgumentException("a sender has a server, or goes directly");
        }
    }

    /** The only sender, through this server, as fast as it takes it. */
    public static SenderSettings of(Smtp smtp) {
        return new SenderSettings(DEFAULT, 1, List.of(), smtp, null, Pacing.NONE, null);
    }

    /** How many connections it has at once. */
    public int connections() {
        return smtp != null
                ? smtp.connections()
                : Objects.requireNonNull(direct).connections();
    }

    /** Whether it sends this newsletter. */
    public boolean isFor(String newsletter) {
        return newsletters.isEmpty() || newsletters.contains(newsletter);
    }

    /**
     * Delivery to the receivers' own servers.
     *
     * @param port theirs: 25, but in tests
     * @param connections at once, to all of them together
     * @param connectTimeout until one connection stands
     * @param timeout for one reply
     * @param allowPrivate whether servers with private addresses are gone to
     */
    public record Direct(int port, int connections, Duration connectTimeout, Duration timeout, boolean allowPrivate) {}
}
