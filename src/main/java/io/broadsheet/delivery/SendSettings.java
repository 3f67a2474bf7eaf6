package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings;
import io.broadsheet.config.Settings;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.Letters;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How mail goes out.
 *
 * @param senders at least one
 * @param name what EHLO says of us: a host name
 * @param zone in which a warm-up counts its days
 * @param retry the waits before the second, third … attempt
 * @param giveUp how long a deferred mail is tried, where the newsletter does not say
 * @param only the one edition that a person sends by hand, and waits for: a mail server that stays away then defers it, instead of being waited for;
 *     absent: all that are on their way
 */
public record SendSettings(
        List<SenderSettings> senders,
        String name,
        ZoneId zone,
        List<Duration> retry,
        Duration giveUp,
        @Nullable EditionId only) {
    /** By hand, this many failed connections in a row, with pauses of 1, 2 … s, mean that the server is away. */
    static final int TRIES_BY_HAND = 3;

    private static final Duration FIRST_PAUSE_MAX = Duration.ofMinutes(1);

    public SendSettings {
        senders = List.copyOf(senders);
        retry = List.copyOf(retry);
    }

    /** For all editions. */
    public static SendSettings of(Settings settings) {
        Settings.Mail mail = settings.mail();
        Settings.Site site = settings.site();
        return new SendSettings(
                settings.senders(), Letters.host(site), site.timeZone(), mail.retry(), mail.giveUp(), null);
    }

    /** For this edition alone. */
    public SendSettings only(EditionId edition) {
        return new SendSettings(senders, name, zone, retry, giveUp, edition);
    }

    /** How long a provider that asks for less is left alone at first: no longer than what it deferred waits. */
    Duration firstPause() {
        Duration wait = retry.get(0);
        return wait.compareTo(FIRST_PAUSE_MAX) > 0 ? FIRST_PAUSE_MAX : wait;
    }
}
