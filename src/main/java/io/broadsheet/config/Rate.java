package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many messages in so much time.
 *
 * @param messages at least 1
 * @param per a second, a minute, an hour or a day
 */
public record Rate(long messages, Duration per) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8}) ?/ ?([smhd])");

    public Rate {
        if (messages < 1 || per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("a rate of nothing");
        }
    }

    /** Reads {@code 20/s}, {@code 600/m}, {@code 5000/h}, {@code 50000/d}. */
    static Rate of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("'" + text + "' is not a rate; write 20/s, 600/m, 5000/h or 50000/d");
        }
        return new Rate(Long.parseLong(matcher.group(1)), Words.duration("1" + matcher.group(2)));
    }

    /** From the start of one message to that of the next, in nanoseconds. */
    public long intervalNanos() {
        return per.toNanos() / messages;
    }
}
