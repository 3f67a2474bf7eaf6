package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings;
import io.broadsheet.error.OutsideError;
import io.broadsheet.mail.OutgoingMessage;

/** Sends one message that is no delivery, such as a test copy: at once, over a connection of its own, and recorded nowhere. */
public final class SendTest {
    private final SendSettings settings;
    private final SenderRoutes routes;

    public SendTest(SendSettings settings, SenderRoutes routes) {
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * @return what the mail server took or refused it with
     * @throws OutsideError when the mail server can't be reached, or breaks off
     */
    public EditionReport send(OutgoingMessage message) {
        SenderSettings sender = settings.senders().get(0);
        String to = message.envelopeTo();
        Route route = routes.of(sender, new Providers(sender.pacing())).to(to.substring(to.lastIndexOf('@') + 1));
        if (route instanceof Route.Nowhere nowhere) {
            return EditionReport.without("test", 1, 0, 1, nowhere.reply().line());
        }
        SmtpConnection connection = ((Route.Via) route).connector().connect();
        try {
            Ending ending = connection.send(message, () -> true);
            if (ending instanceof Ending.Answered answered) {
                boolean accepted = answered.reply().isAccepted();
                return EditionReport.without(
                        "test",
                        1,
                        accepted ? 1 : 0,
                        accepted ? 0 : 1,
                        answered.reply().line());
            }
            String why = ending instanceof Ending.Lost lost ? lost.why() : "it was withheld";
            throw new OutsideError("mail server of sender " + sender.name() + ": " + why + "; try again", true, null);
        } finally {
            connection.quit();
        }
    }
}
