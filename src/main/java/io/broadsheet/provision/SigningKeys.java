package io.broadsheet.provision;

import io.broadsheet.config.Home;
import io.broadsheet.config.Mailbox;
import io.broadsheet.config.Problem;
import io.broadsheet.config.Settings;
import io.broadsheet.dkim.Alignment;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.newsletter.NewsletterDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the keys that sign mail. */
final class SigningKeys {
    private SigningKeys() {}

    /** Key files that can't sign, in the order of config; then senders whose mail no key would sign. */
    static List<Problem> problems(Settings settings, List<NewsletterDefinition> newsletters) {
        List<Problem> problems = new ArrayList<>();
        List<Settings.Dkim> keys = settings.mail().dkim().stream()
                .filter(key -> !key.domain().isEmpty() && !key.selector().isEmpty())
                .toList();
        for (Settings.Dkim key : keys) {
            Keyring.problem(key).ifPresent(message -> problems.add(problem(key, message)));
        }
        if (keys.isEmpty()) {
            return problems;
        }
        unsigned(keys, settings.mail().from().domain(), "mail.from").ifPresent(problems::add);
        for (NewsletterDefinition newsletter : newsletters) {
            String from = newsletter.from();
            if (from != null) {
                unsigned(keys, Mailbox.of(from).domain(), "newsletter " + newsletter.name())
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** Receivers believe a signature only of the domain that mail is from (RFC 7489 §3.1.1). */
    private static Optional<Problem> unsigned(List<Settings.Dkim> keys, String from, String who) {
        if (keys.stream().anyMatch(key -> Alignment.isAligned(key.domain(), from))) {
            return Optional.empty();
        }
        return Optional.of(problem(
                keys.get(0),
                "no key is of the domain " + from + " that " + who
                        + " is from, so that its mail would go unsigned; run 'broadsheet dkim new --domain " + from
                        + "'"));
    }

    private static Problem problem(Settings.Dkim key, String message) {
        return new Problem("config/" + Home.SETTINGS, key.line(), message);
    }
}
