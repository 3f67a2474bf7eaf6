package io.broadsheet;

import io.broadsheet.config.FeedbackDoors;
import io.broadsheet.config.Settings;
import io.broadsheet.feedback.MailBack;
import io.broadsheet.feedback.Report;
import io.broadsheet.feedback.TakeFeedback;
import io.broadsheet.feedback.listener.MailServer;
import io.broadsheet.feedback.mailbox.ReadMailbox;
import io.broadsheet.feedback.webhook.TakeWebhook;
import io.broadsheet.web.ops.Metrics;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The doors by which mail and reports come back; only those that are configured. */
final class Intake implements AutoCloseable {
    private final TakeFeedback takeFeedback;
    private final Metrics metrics;
    private final TakeWebhook takeWebhook;
    private final @Nullable ReadMailbox readMailbox;
    private final @Nullable MailServer mailServer;

    Intake(Broadsheet home, TakeFeedback takeFeedback, Metrics metrics) {
        this.takeFeedback = takeFeedback;
        this.metrics = metrics;
        Settings.Mail mail = home.settings.mail();
        FeedbackDoors doors = mail.feedback().doors();
        this.takeWebhook = new TakeWebhook(doors.webhooks(), home.fetcher, this::take, home.clock);
        FeedbackDoors.MailboxAccess mailbox = doors.mailbox();
        this.readMailbox = mailbox == null ? null : new ReadMailbox(mailbox, this::take);
        FeedbackDoors.Listener listener = doors.listener();
        this.mailServer = listener == null
                ? null
                : new MailServer(
                        listener,
                        domains(mail),
                        this::take,
                        home.settings.server().grace());
        if (readMailbox != null) {
            metrics.watchFeedback("mailbox", readMailbox::isWell);
        }
        if (mailServer != null) {
            metrics.watchFeedback("listener", mailServer::isWell);
        }
    }

    /** What the listener takes mail for: the domains of the addresses that our mails name. */
    private static Set<String> domains(Settings.Mail mail) {
        Set<String> domains = new LinkedHashSet<>();
        String returnPath = mail.feedback().returnPath();
        domains.add(domain(returnPath == null ? mail.from().address() : returnPath));
        String unsubscribe = mail.feedback().unsubscribeAddress();
        if (unsubscribe != null) {
            domains.add(domain(unsubscribe));
        }
        return domains;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private void take(MailBack mail) {
        metrics.feedbackTaken(mail.via(), takeFeedback.take(mail).word());
    }

    private void take(Report report) {
        metrics.feedbackTaken(report.via(), takeFeedback.take(report).word());
    }

    TakeWebhook takeWebhook() {
        return takeWebhook;
    }

    /** @throws io.broadsheet.error.OutsideError when the listener's address can't be bound */
    void start() {
        if (mailServer != null) {
            mailServer.start();
        }
        if (readMailbox != null) {
            readMailbox.start();
        }
    }

    /** What is being taken is finished; what is not stays with whoever has it. */
    @Override
    public void close() {
        if (mailServer != null) {
            mailServer.close();
        }
        if (readMailbox != null) {
            readMailbox.close();
        }
    }
}
