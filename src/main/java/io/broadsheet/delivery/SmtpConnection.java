package io.broadsheet.delivery;

import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.delivery.MxRoute.Stop;
import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kept connection to a mail server, over which messages go one after another. Of a server with several addresses, or a domain with several
 * servers, the first that lets us in. Used by one thread, but for {@link #abort} and {@link #abortIfStuck}.
 */
final class SmtpConnection {
    private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

    private final SmtpServer server;
    private volatile @Nullable SmtpDialogue dialogue;
    private volatile @Nullable Wire wire;
    private volatile boolean aborted;
    private @Nullable String host;

    SmtpConnection(SmtpServer server) {
        this.server = server;
    }

    /** @param name what EHLO says of us (RFC 5321 §4.1.1.1): a host name */
    static SmtpConnection of(Smtp smtp, String name) {
        return new SmtpConnection(SmtpServer.of(smtp, name));
    }

    /** To the servers of one domain. */
    static SmtpConnection to(MxRoute.Through route, Direct direct, String name) {
        return new SmtpConnection(SmtpServer.of(route, direct, name));
    }

    /**
     * Connects, with TLS and authentication as set.
     *
     * @throws OutsideError when no server can be reached, or none lets us in
     */
    void open() {
        OutsideError last = null;
        for (Stop stop : server.stops().now()) {
            if (aborted) {
                break;
            }
            last = tried(stop);
            if (last == null) {
                return;
            }
        }
        throw last == null ? away("", "not connected, since we are stopping", null) : last;
    }

    /** Tries one stop, without TLS too where that is allowed; answers why it was in vain. */
    private @Nullable OutsideError tried(Stop stop) {
        SmtpDialogue begun = null;
        try {
            begun = dialogue(stop);
            begin(begun, stop);
            return null;
        } catch (AuthenticationFailedException e) {
            drop();
            String secret = begun == null ? "" : begun.secret();
            Login login = server.login();
            if (login != null && login.mayRetry(secret)) {
                return again(stop);
            }
            // Another address of the same server would only count the same mistake again.
            throw trouble(stop, begun, e);
        } catch (IOException | MessagingException e) {
            drop();
            boolean offered = begun != null && begun.supportsExtension("STARTTLS");
            if (stop.tls().isOptional() && offered && !aborted) {
                log.atInfo()
                        .addKeyValue("host", stop.host())
                        .addKeyValue("why", SmtpTrouble.words(e))
                        .log("a mail server offers TLS and fails at it; mail goes without");
                return tried(new Stop(stop.host(), stop.address(), Tls.NONE));
            }
            return trouble(stop, begun, e);
        }
    }

    /** Once more, with a token that the server did not yet refuse. */
    private @Nullable OutsideError again(Stop stop) {
        SmtpDialogue begun = null;
        try {
            begun = dialogue(stop);
            begin(begun, stop);
            return null;
        } catch (IOException | MessagingException e) {
            drop();
            return trouble(stop, begun, e);
        }
    }

    private SmtpDialogue dialogue(Stop stop) throws IOException {
        // The name, for the certificate; without it Java would ask DNS what the address is called.
        InetAddress address =
                InetAddress.getByAddress(stop.host(), stop.address().getAddress());
        Wire made = Wire.to(
                address, server.port(), server.waits().connect(), server.waits().reply());
        wire = made;
        Layer layer = new Layer(sockets(stop));
        Session session =
                Session.getInstance(SmtpDialogue.properties(stop.tls(), server.name(), server.login(), layer));
        return server.fast()
                ? new SmtpDialogue(session, made, layer, server.waits(), server.login())
                : new PlainDialogue(session, made, layer, server.waits(), server.login());
    }

    private SSLSocketFactory sockets(Stop stop) {
        return stop.tls().isOptional()
                ? server.trust().telling(complaint -> complain(stop, complaint))
                : server.trust().checking();
    }

    private void complain(Stop stop, String complaint) {
        if (stop.tls() == Tls.TESTED) {
            log.atWarn()
                    .addKeyValue("host", stop.host())
                    .addKeyValue("why", Safe.text(complaint))
                    .log("a certificate does not meet its domain's MTA-STS policy, which is only tested");
        }
    }

    private void begin(SmtpDialogue begun, Stop stop) throws IOException, MessagingException {
        if (aborted) {
            throw new IOException("stopping");
        }
        begun.begin(stop.tls());
        if (server.login() != null && !begun.supportsExtension("AUTH")) {
            throw new MessagingException("it offers no AUTH; see 'security', 'username' and 'password' of mail.smtp");
        }
        if (stop.tls() == Tls.TESTED && !begun.isSecured()) {
            complain(stop, "it offers no STARTTLS");
        }
        dialogue = begun;
        host = stop.host();
    }

    private OutsideError trouble(Stop stop, @Nullable SmtpDialogue begun, Exception e) {
        return away(stop.host(), SmtpTrouble.atStart(e, begun == null ? null : begun.getLastServerResponse()), e);
    }

    private OutsideError away(String stop, String why, @Nullable Exception cause) {
        String which = stop.isEmpty() || server.called().startsWith(stop) ? "" : " (" + stop + ")";
        return new OutsideError(
                "mail server " + server.called() + which + ": " + why + "; " + server.mend(), true, cause);
    }

    /** Which server it stands to; null before {@link #open}. */
    @Nullable
    String host() {
        return host;
    }

    /**
     * Sends one message.
     *
     * @param mayDot asked once, when all but the final dot has gone out; waits until the record is durable, and answers whether the dot may follow.
     *     Not asked when the message is refused before
     * @throws IllegalArgumentException when an address can't stand in an envelope
     */
    Ending send(OutgoingMessage message, BooleanSupplier mayDot) {
        SmtpDialogue open = dialogue;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open.send(message, mayDot);
    }

    /** Breaks off when the server has not taken a message's text for as long as a reply may take: a blocked write has no time-out of its own. */
    void abortIfStuck() {
        SmtpDialogue open = dialogue;
        Stopwatch since = open == null ? null : open.writing();
        if (since != null && since.elapsed().compareTo(server.waits().reply()) > 0) {
            abort();
        }
    }

    /** Breaks off at once and for ever; a thread that waits for a reply gets an error. */
    void abort() {
        aborted = true;
        drop();
    }

    private void drop() {
        Wire open = wire;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket that can't be closed", e);
            }
        }
    }

    /** Whether the server still answers. */
    boolean answers() {
        SmtpDialogue open = dialogue;
        return open != null && open.isConnected();
    }

    /** Says goodbye, as far as that is possible. */
    void quit() {
        SmtpDialogue open = dialogue;
        if (open == null) {
            abort();
            return;
        }
        try {
            open.close();
        } catch (MessagingException e) {
            abort();
        }
    }
}
