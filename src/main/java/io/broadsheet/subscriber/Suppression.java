package io.broadsheet.subscriber;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address that must not be mailed.
 *
 * @param addressKey {@link Address#key}
 * @param reply what the mail server said; absent when none did
 */
public record Suppression(
        String addressKey, Why why, Instant since, @Nullable String reply) {
    /** What made it so. */
    public enum Why {
        /** A mail server said for good that there is no such mailbox. */
        BOUNCE,
        COMPLAINT,
        BY_ADMIN;

        /** As columns and JSON spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException when nothing is spelled so */
        public static Why of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
