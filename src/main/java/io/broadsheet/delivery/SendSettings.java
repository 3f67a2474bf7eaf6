package io.broadsheet.delivery;

import io.broadsheet.config.Settings.Smtp;
import java.time.Duration;
import java.util.List;

/**
 * How mail goes out.
 *
 * @param name what EHLO says of us: a host name
 * @param retry the waits before the second, third … attempt
 * @param giveUp how long a deferred mail is tried
 * @param byHand whether a person waits: a mail server that stays away then defers all, instead of being waited for
 */
public record SendSettings(Smtp smtp, String name, List<Duration> retry, Duration giveUp, boolean byHand) {
    /** By hand, this many failed connections in a row, with pauses of 1, 2 … s, mean that the server is away. */
    static final int TRIES_BY_HAND = 3;

    public SendSettings {
        retry = List.copyOf(retry);
    }

    SendSettings byHand(boolean hand) {
        return new SendSettings(smtp, name, retry, giveUp, hand);
    }
}
