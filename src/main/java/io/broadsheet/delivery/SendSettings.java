package io.broadsheet.delivery;

import io.broadsheet.config.Settings;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.edition.EditionId;
import io.broadsheet.edition.Letters;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How mail goes out.
 *
 * @param name what EHLO says of us: a host name
 * @param retry the waits before the second, third … attempt
 * @param giveUp how long a deferred mail is tried, where the newsletter does not say
 * @param only the one edition that a person sends by hand, and waits for: a mail server that stays away then defers it, instead of being waited for;
 *     absent: all that are on their way
 */
public record SendSettings(
        Smtp smtp,
        String name,
        List<Duration> retry,
        Duration giveUp,
        @Nullable EditionId only) {
    /** By hand, this many failed connections in a row, with pauses of 1, 2 … s, mean that the server is away. */
    static final int TRIES_BY_HAND = 3;

    public SendSettings {
        retry = List.copyOf(retry);
    }

    /** For all editions. */
    public static SendSettings of(Settings.Mail mail, Settings.Site site) {
        return new SendSettings(mail.smtp(), Letters.host(site), mail.retry(), mail.giveUp(), null);
    }

    /** For this edition alone. */
    public SendSettings only(EditionId edition) {
        return new SendSettings(smtp, name, retry, giveUp, edition);
    }
}
