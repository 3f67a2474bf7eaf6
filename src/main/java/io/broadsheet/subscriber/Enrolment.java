package io.broadsheet.subscriber;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an admin says of one person, by a row of a file or by a command. What is absent leaves as it is what is known.
 *
 * @param cadence absent: the newsletter's default for new ones
 * @param topics absent: not said
 */
record Enrolment(
        Address address,
        @Nullable String name,
        @Nullable String language,
        @Nullable ZoneId timeZone,
        @Nullable String cadence,
        @Nullable List<String> topics) {
    /** What became of it. */
    enum Outcome {
        ADDED,
        UPDATED,
        UNCHANGED,
        /** The address must not be mailed: nothing was changed. */
        SUPPRESSED,
        /** They left, and only they can come back: nothing was changed. */
        LEFT
    }
}
