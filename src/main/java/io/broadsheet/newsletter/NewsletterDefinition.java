package io.broadsheet.newsletter;

import io.broadsheet.article.Selection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One newsletter as {@code config/newsletters.yml} defines it.
 *
 * @param name {@code [a-z0-9-]+}, unique and stable
 * @param description one sentence for the subscribe page; absent when there is none
 * @param template folder under {@code templates/mail}
 * @param subject a Velocity template of one line
 * @param unknown what follows when a process died between the final dot and the reply
 * @param cadences at least one, names unique
 * @param maximum how many articles an edition shows; the rest is linked and counted as had
 * @param language BCP 47 tag of the mail around the articles; absent: the site's
 * @param from mailbox of the sender; absent: {@code mail.from}
 * @param replyTo mailbox for answers; absent: {@code mail.reply-to}
 * @param giveUp how long a deferred delivery is tried; absent: {@code mail.give-up}
 * @param paused whether no edition is composed for now
 */
public record NewsletterDefinition(
        String name,
        String title,
        @Nullable String description,
        Selection select,
        String template,
        String subject,
        Unknown unknown,
        List<CadenceDefinition> cadences,
        int maximum,
        @Nullable String language,
        @Nullable String from,
        @Nullable String replyTo,
        @Nullable Duration giveUp,
        boolean paused) {
    public NewsletterDefinition {
        cadences = List.copyOf(cadences);
        if (cadences.isEmpty()) {
            throw new IllegalArgumentException("no cadence");
        }
    }

    /** What follows an unknown outcome: send again under the same Message-ID, or wait for an admin. */
    public enum Unknown {
        RESEND,
        HOLD
    }
}
