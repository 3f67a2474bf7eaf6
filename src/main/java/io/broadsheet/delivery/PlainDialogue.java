package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Sends by Jakarta Mail's own code, command by command, and puts the same bytes on the wire. For servers that stumble over more. */
final class PlainDialogue extends SmtpDialogue {
    private final Session session;
    private @Nullable Envelope envelope;
    private @Nullable BooleanSupplier mayDot;
    private boolean dotted;

    PlainDialogue(Session session, Wire wire, Layer layer, Waits waits, @Nullable Login login) {
        super(session, wire, layer, waits, login);
        this.session = session;
    }

    @Override
    Ending write(OutgoingMessage message, Envelope words, BooleanSupplier asked) {
        envelope = words;
        mayDot = asked;
        dotted = false;
        try {
            // Only for its count: who it goes to is in the words.
            sendMessage(new Rendered(session, message), new Address[] {new InternetAddress()});
            return new Ending.Answered(Reply.of(getLastReturnCode(), getLastServerResponse(), Reply.Phase.DOT));
        } catch (Refused e) {
            return refused(e.reply);
        } catch (Withheld e) {
            abort();
            return new Ending.Withheld();
        } catch (MessagingException | RuntimeException e) {
            return ended(e);
        } finally {
            stopWriting();
        }
    }

    /** Jakarta Mail throws what it takes for a failure after it has sent RSET; the reply is still known then. */
    private Ending ended(Exception e) {
        Reply.Phase phase = dotted ? Reply.Phase.DOT : Reply.Phase.DATA;
        boolean answered = e instanceof SMTPSendFailedException;
        Reply reply = Reply.of(answered ? getLastReturnCode() : -1, answered ? getLastServerResponse() : "", phase);
        if (!answered) {
            return lost(SmtpTrouble.words(e), dotted);
        }
        if (isNonsense(reply)) {
            return lost(nonsense(reply), dotted);
        }
        if (reply.isClosing()) {
            abort();
        }
        return new Ending.Answered(reply);
    }

    @Override
    protected void mailFrom() throws MessagingException {
        Reply mail = said(words().mail(), Reply.Phase.MAIL);
        if (!mail.isAccepted()) {
            throw new Refused(mail);
        }
    }

    @Override
    protected void rcptTo() throws MessagingException {
        Reply rcpt = said(words().rcpt(), Reply.Phase.RCPT);
        if (!rcpt.isAccepted()) {
            throw new Refused(rcpt);
        }
    }

    @Override
    protected OutputStream data() throws MessagingException {
        await(Reply.Phase.DATA);
        OutputStream text = super.data();
        startWriting();
        return text;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        stopWriting();
        BooleanSupplier asked = mayDot;
        if (asked == null || !asked.getAsBoolean()) {
            throw new Withheld();
        }
        dotted = true;
        await(Reply.Phase.DOT);
        super.finishData();
    }

    private Envelope words() {
        Envelope words = envelope;
        if (words == null) {
            throw new IllegalStateException("no message");
        }
        return words;
    }

    /** Our bytes, as they are: nothing of them is computed again. */
    private static final class Rendered extends SMTPMessage {
        private final OutgoingMessage message;

        private Rendered(Session session, OutgoingMessage message) {
            super(session);
            this.message = message;
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            for (byte[] segment : message.segments()) {
                out.write(segment);
            }
        }

        @Override
        public String getSubject() {
            return "";
        }
    }

    /** MAIL or RCPT was not taken. */
    private static final class Refused extends MessagingException {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        private Refused(Reply reply) {
            super(reply.line());
            this.reply = reply;
        }
    }

    /** The record did not allow the dot. */
    private static final class Withheld extends MessagingException {
        private static final long serialVersionUID = 1L;
    }
}
