package io.broadsheet.delivery;

import io.broadsheet.log.Safe;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogue over one TCP connection (RFC 5321). Jakarta Mail greets, starts TLS, authenticates and reads replies; the messages are written here,
 * because the dot must wait for the journal, every phase must be told apart, and PIPELINING saves two round trips. {@link PlainDialogue} leaves more
 * to Jakarta Mail. Used by one thread, but for {@link #abort}.
 */
class SmtpDialogue extends SMTPTransport {
    private static final Logger log = LoggerFactory.getLogger(SmtpDialogue.class);
    private static final int GO_AHEAD = 354;

    private final Wire wire;
    private final Layer layer;
    private final Waits waits;
    private final @Nullable Login login;
    private final Stuffed stuffed = new Stuffed();
    private Offers offers = new Offers(false, false, false, false, 0);
    private String secret = "";
    private Reply.@Nullable Phase awaited;
    /** Set while a message's text is written; another thread watches it. */
    private volatile @Nullable Stopwatch writing;

    /** @param layer what makes TLS over the wire, and was given to the session */
    SmtpDialogue(Session session, Wire wire, Layer layer, Waits waits, @Nullable Login login) {
        super(session, null, "smtp", false);
        this.wire = wire;
        this.layer = layer;
        this.waits = waits;
        this.login = login;
    }

    /**
     * What Jakarta Mail is told.
     *
     * @param name what EHLO says of us
     */
    static Properties properties(Tls tls, String name, @Nullable Login login, SSLSocketFactory layer) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.localhost", name);
        // The reply to QUIT is of no use, and waiting for it would hold up a stop.
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.setProperty("mail.smtp.auth", Boolean.toString(login != null));
        if (login != null) {
            properties.setProperty("mail.smtp.auth.mechanisms", login.mechanisms());
        }
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls == Tls.STARTTLS || tls.isOptional()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(tls == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.socketFactory", layer);
        return properties;
    }

    /** Greets, with TLS and authentication as set; the host's name is that of the wire's address. */
    synchronized void begin(Tls tls) throws IOException, MessagingException {
        if (login != null) {
            secret = login.secret();
        }
        wire.expect(waits.reply());
        connect(tls == Tls.FROM_START ? layer.fromStart(wire) : wire);
        offers = Offers.of(this);
    }

    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        return super.protocolConnect(
                host, port, login == null ? null : login.username(), login == null ? null : secret);
    }

    /** The password or token that was shown. */
    String secret() {
        return secret;
    }

    /** Sends one message; see {@link SmtpConnection#send}. */
    synchronized Ending send(OutgoingMessage message, BooleanSupplier mayDot) {
        Envelope envelope = Envelope.of(message, offers);
        if (envelope.refusal() != null) {
            return new Ending.Answered(envelope.refusal());
        }
        return write(message, envelope, mayDot);
    }

    Ending write(OutgoingMessage message, Envelope envelope, BooleanSupplier mayDot) {
        boolean dotted = false;
        try {
            Reply refused = offers.pipelining() ? together(envelope) : oneByOne(envelope);
            if (refused != null) {
                return refused(refused);
            }
            OutputStream out = socket().getOutputStream();
            startWriting();
            stuffed.write(message, out);
            stopWriting();
            if (!mayDot.getAsBoolean()) {
                // Within DATA only breaking off takes a message back.
                abort();
                return new Ending.Withheld();
            }
            dotted = true;
            out.write(Stuffed.DOT);
            Reply reply = reply(Reply.Phase.DOT);
            return isNonsense(reply) ? lost(nonsense(reply), true) : new Ending.Answered(reply);
        } catch (IOException | MessagingException e) {
            return lost(SmtpTrouble.words(e), dotted);
        } finally {
            stopWriting();
        }
    }

    /** MAIL, RCPT and DATA in one go (RFC 2920); answers what refused them, or nothing when DATA is let in. */
    private @Nullable Reply together(Envelope envelope) throws IOException, MessagingException {
        OutputStream out = socket().getOutputStream();
        out.write(envelope.together());
        Reply mail = reply(Reply.Phase.MAIL);
        if (isNonsense(mail)) {
            return mail;
        }
        @Nullable Reply refused = mail.isAccepted() ? null : mail;
        Reply rcpt = refused == null ? reply(Reply.Phase.RCPT) : after(refused, Reply.Phase.RCPT);
        if (refused == null && !rcpt.isAccepted()) {
            refused = rcpt;
        }
        if (isNonsense(rcpt)) {
            return refused;
        }
        Reply data = refused == null ? reply(Reply.Phase.DATA) : after(refused, Reply.Phase.DATA);
        if (refused == null) {
            return data.code() == GO_AHEAD ? null : data;
        }
        if (data.code() == GO_AHEAD) {
            // RFC 2920 §3.1: it lets DATA in though no recipient stands; an empty message goes to nobody.
            out.write(Stuffed.DOT);
            after(refused, Reply.Phase.DOT);
        }
        return refused;
    }

    /**
     * The reply to what was sent along with a command that was refused. A server that refuses and closes at once has said why: what else was sent
     * has no reply then.
     */
    private Reply after(Reply refused, Reply.Phase phase) {
        if (refused.isClosing()) {
            return new Reply(-1, null, "", phase);
        }
        try {
            return reply(phase);
        } catch (MessagingException e) {
            log.atDebug().setCause(e).log("closed after {}", refused.line());
            return new Reply(-1, null, "", phase);
        }
    }

    private @Nullable Reply oneByOne(Envelope envelope) throws MessagingException {
        Reply mail = said(envelope.mail(), Reply.Phase.MAIL);
        if (!mail.isAccepted()) {
            return mail;
        }
        Reply rcpt = said(envelope.rcpt(), Reply.Phase.RCPT);
        if (!rcpt.isAccepted()) {
            return rcpt;
        }
        Reply data = said(Envelope.DATA, Reply.Phase.DATA);
        return data.code() == GO_AHEAD ? null : data;
    }

    /** As bytes, since Jakarta Mail would write an address in another script with half of each character. */
    final Reply said(String command, Reply.Phase phase) throws MessagingException {
        awaited = phase;
        int code = simpleCommand(command.getBytes(StandardCharsets.UTF_8));
        return Reply.of(code, code < 0 ? "" : getLastServerResponse(), phase);
    }

    private Reply reply(Reply.Phase phase) throws MessagingException {
        awaited = phase;
        int code = readServerResponse();
        return Reply.of(code, code < 0 ? "" : getLastServerResponse(), phase);
    }

    /** Says which reply comes next, and so how long it may take. */
    final void await(Reply.Phase phase) {
        awaited = phase;
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        Reply.Phase phase = awaited;
        awaited = null;
        if (phase != null) {
            switch (phase) {
                case MAIL, RCPT -> wire.expect(waits.reply());
                case DATA -> wire.expect(waits.data());
                case DOT -> wire.expect(waits.dot());
            }
        }
        return super.readServerResponse();
    }

    /** Whether it is no answer to what was asked: neither yes nor no (RFC 5321 §4.2.1). 250 to DATA is none either, and surely no delivery. */
    static boolean isNonsense(Reply reply) {
        boolean answer = reply.isTransient() || reply.code() >= 500 && reply.code() < 600;
        return !answer && (reply.phase() == Reply.Phase.DATA ? reply.code() != GO_AHEAD : !reply.isAccepted());
    }

    static String nonsense(Reply reply) {
        return reply.code() < 0
                ? "the server closed the connection, or answered without a code"
                : "the server answered " + reply.phase() + " with " + reply.line();
    }

    /** Makes room for the next message after a reply that refused this one. */
    final Ending refused(Reply refused) {
        if (isNonsense(refused)) {
            return lost(nonsense(refused), false);
        }
        if (refused.isClosing()) {
            abort();
            return new Ending.Answered(refused);
        }
        try {
            if (simpleCommand("RSET") < 0) {
                abort();
            }
        } catch (MessagingException e) {
            // The reply stands all the same; the next message finds the connection gone.
            abort();
        }
        return new Ending.Answered(refused);
    }

    final Ending lost(String why, boolean afterDot) {
        abort();
        return new Ending.Lost(Safe.text(why), afterDot);
    }

    final void startWriting() {
        writing = Stopwatch.start();
    }

    final void stopWriting() {
        writing = null;
    }

    /** Since when a message's text is being written; null while none is. */
    @Nullable
    Stopwatch writing() {
        return writing;
    }

    private Socket socket() {
        SSLSocket secured = layer.newest();
        return secured == null ? wire : secured;
    }

    boolean isSecured() {
        return layer.newest() != null;
    }

    /** Breaks off at once; a thread that waits for a reply gets an error. */
    final void abort() {
        try {
            wire.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        }
    }
}
