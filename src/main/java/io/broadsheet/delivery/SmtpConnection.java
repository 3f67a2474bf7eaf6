package io.broadsheet.delivery;

import io.broadsheet.config.Secret;
import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.delivery.Reply.Phase;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kept SMTP connection (RFC 5321), over which messages go one after another. Jakarta Mail connects, starts TLS, authenticates and reads replies;
 * the messages are written here, because the dot must wait for the journal, and every phase must be told apart. Used by one thread, but for
 * {@link #abort}.
 */
final class SmtpConnection extends SMTPTransport {
    /** No space, bracket or line break: what would end the path and begin something else. */
    private static final Pattern PATH = Pattern.compile("[^\\s<>\\p{Cntrl}]{1,254}");

    private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);
    private static final int GO_AHEAD = 354;

    private final Smtp smtp;
    private final Sockets sockets;
    private final Stuffed stuffed = new Stuffed();
    /** Set while a message's text is written; another thread watches it. */
    private volatile @Nullable Stopwatch writing;

    private SmtpConnection(Session session, Smtp smtp, Sockets sockets) {
        super(session, null, "smtp", smtp.security() == Security.TLS);
        this.smtp = smtp;
        this.sockets = sockets;
    }

    /** @param name what EHLO says of us (RFC 5321 §4.1.1.1): a host name */
    static SmtpConnection of(Smtp smtp, String name) {
        Sockets sockets = new Sockets();
        return new SmtpConnection(Session.getInstance(properties(smtp, name, sockets)), smtp, sockets);
    }

    private static Properties properties(Smtp smtp, String name, Sockets sockets) {
        Properties properties = new Properties();
        // Jakarta Mail's time-outs are infinite unless set.
        properties.setProperty(
                "mail.smtp.connectiontimeout", ms(smtp.connectTimeout().toMillis()));
        properties.setProperty("mail.smtp.timeout", ms(smtp.timeout().toMillis()));
        properties.setProperty("mail.smtp.localhost", name);
        // The reply to QUIT is of no use, and waiting for it would hold up a stop.
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.username() != null));
        if (smtp.security() == Security.STARTTLS) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
        properties.put("mail.smtp.socketFactory", sockets.plain());
        properties.put("mail.smtp.ssl.socketFactory", sockets.tls());
        return properties;
    }

    private static String ms(long value) {
        return Long.toString(Math.min(Integer.MAX_VALUE, value));
    }

    /**
     * Connects, with TLS and authentication as set.
     *
     * @throws OutsideError when the server can't be reached, or does not let us in
     */
    void open() {
        try {
            connect(smtp.host(), smtp.port(), reveal(smtp.username()), reveal(smtp.password()));
            if (smtp.username() != null && !supportsExtension("AUTH")) {
                quit();
                throw away("it offers no AUTH; see 'security', 'username' and 'password' of mail.smtp", null);
            }
        } catch (AuthenticationFailedException e) {
            throw away("it refuses our username and password: " + Safe.text(e.getMessage()), e);
        } catch (MessagingException e) {
            throw away(Safe.text(root(e)), e);
        }
    }

    private OutsideError away(String why, @Nullable Exception cause) {
        return new OutsideError(
                "mail server " + smtp.host() + ":" + smtp.port() + ": " + why
                        + "; see that it runs, and mail.smtp in config/broadsheet.yml",
                true,
                cause);
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    private static String root(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
    }

    /**
     * Sends one message.
     *
     * @param mayDot asked once, when all but the final dot has gone out; waits until the record is durable, and answers whether the dot may follow
     */
    synchronized Ending send(OutgoingMessage message, BooleanSupplier mayDot) {
        String from = path(message.envelopeFrom());
        String to = path(message.envelopeTo());
        boolean dotted = false;
        try {
            @Nullable Reply refused = envelope(from, to);
            if (refused != null) {
                return answered(refused);
            }
            Socket socket = sockets.newest();
            writing = Stopwatch.start();
            stuffed.write(message, socket.getOutputStream());
            writing = null;
            if (!mayDot.getAsBoolean()) {
                // Within DATA only breaking off takes a message back.
                sockets.abort();
                return new Ending.Withheld();
            }
            dotted = true;
            // RFC 5321 §4.5.3.2.6: twice what other replies get, since giving up too soon means a repeat.
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, smtp.timeout().toMillis() * 2));
            socket.getOutputStream().write(Stuffed.DOT);
            Reply reply = reply(Phase.DOT);
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, smtp.timeout().toMillis()));
            return reply.code() < 0 ? lost("the server closed the connection", true) : new Ending.Answered(reply);
        } catch (IOException | MessagingException e) {
            return lost(Safe.text(root(e)), dotted);
        } finally {
            writing = null;
        }
    }

    /** Breaks off when the server has not taken a message's text for as long as a reply may take: a blocked write has no time-out of its own. */
    void abortIfStuck() {
        Stopwatch since = writing;
        if (since != null && since.elapsed().compareTo(smtp.timeout()) > 0) {
            abort();
        }
    }

    private static String path(String address) {
        if (!PATH.matcher(address).matches()) {
            throw new IllegalArgumentException("an envelope address with a space, bracket or control character");
        }
        return address;
    }

    /** MAIL, RCPT and DATA, in one go where the server takes it (RFC 2920); answers what refused them, or nothing when DATA is let in. */
    private @Nullable Reply envelope(String from, String to) throws IOException, MessagingException {
        String[] commands = {"MAIL FROM:<" + from + ">", "RCPT TO:<" + to + ">", "DATA"};
        Phase[] phases = {Phase.MAIL, Phase.RCPT, Phase.DATA};
        boolean together = supportsExtension("PIPELINING");
        if (together) {
            byte[] all = (String.join("\r\n", commands) + "\r\n").getBytes(StandardCharsets.UTF_8);
            sockets.newest().getOutputStream().write(all);
        }
        @Nullable Reply refused = null;
        for (int at = 0; at < commands.length && (together || refused == null); at++) {
            if (!together) {
                sendCommand(commands[at]);
            }
            Reply reply = refused == null ? reply(phases[at]) : replyAfter(refused, phases[at]);
            if (reply.code() < 0) {
                // A server that refuses and closes at once has said why: that is its answer.
                return refused == null ? reply : refused;
            }
            boolean goAhead = phases[at] == Phase.DATA && reply.code() == GO_AHEAD;
            if (refused == null && !goAhead && (phases[at] == Phase.DATA || !reply.isAccepted())) {
                refused = reply;
                if (reply.isClosing()) {
                    return reply;
                }
            } else if (refused != null && goAhead) {
                // RFC 2920 §3.1: it lets DATA in though no recipient stands; an empty message goes to nobody.
                sockets.newest().getOutputStream().write(Stuffed.DOT);
                if (replyAfter(refused, Phase.DATA).code() < 0) {
                    return refused;
                }
            }
        }
        return refused;
    }

    /** The reply to what was sent along with a command that was refused; a broken connection is no more than that. */
    private Reply replyAfter(Reply refused, Phase phase) {
        try {
            return reply(phase);
        } catch (MessagingException e) {
            log.atDebug().setCause(e).log("closed after {}", refused.line());
            return new Reply(-1, null, "", phase);
        }
    }

    private Reply reply(Phase phase) throws MessagingException {
        int code = readServerResponse();
        return Reply.of(code, code < 0 ? "" : getLastServerResponse(), phase);
    }

    private Ending answered(Reply refused) {
        if (refused.code() < 0) {
            return lost("the server closed the connection", false);
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

    private Ending lost(String why, boolean afterDot) {
        abort();
        return new Ending.Lost(why, afterDot);
    }

    /** Breaks off at once; a thread that waits for a reply gets an error. */
    void abort() {
        try {
            sockets.abort();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        }
    }

    /** Whether the server still answers. */
    boolean answers() {
        return isConnected();
    }

    /** Says goodbye, as far as that is possible. */
    void quit() {
        try {
            close();
        } catch (MessagingException e) {
            abort();
        }
    }
}
