package io.broadsheet.feedback.mailbox;

import io.broadsheet.config.FeedbackDoors.MailboxAccess;
import io.broadsheet.config.FeedbackDoors.MailboxProtocol;
import io.broadsheet.config.Settings.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Opens connections to the mailbox's server, with every time-out set, and cuts them off when we stop. Safe for several threads. */
final class Connecting {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    /** Fewer round trips than with the usual 16 KiB; a bounce mostly fits. */
    private static final int FETCH_BYTES = 128 * 1024;

    private static final Duration TIMEOUT = Duration.ofMinutes(1); // for each answer
    private final MailboxAccess access;
    private volatile boolean wasCut;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    Connecting(MailboxAccess access) {
        this.access = access;
    }

    /** @throws MessagingException when the server is away, its certificate is bad, or the password is refused */
    Store connect() throws MessagingException {
        wasCut = false;
        sockets.clear();
        boolean tls = access.security() == Security.TLS;
        String protocol = (access.protocol() == MailboxProtocol.IMAP ? "imap" : "pop3") + (tls ? "s" : "");
        Properties settings = new Properties();
        String prefix = "mail." + protocol + ".";
        settings.setProperty(prefix + "connectiontimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        settings.setProperty(prefix + "timeout", Long.toString(TIMEOUT.toMillis()));
        settings.setProperty(prefix + "writetimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        settings.setProperty(prefix + "ssl.checkserveridentity", "true");
        settings.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
        settings.setProperty(prefix + "starttls.enable", Boolean.toString(access.security() == Security.STARTTLS));
        settings.setProperty(prefix + "starttls.required", Boolean.toString(access.security() == Security.STARTTLS));
        settings.setProperty(prefix + "fetchsize", Integer.toString(FETCH_BYTES));
        settings.put(prefix + "socketFactory", new Sockets());
        Store store = Session.getInstance(settings).getStore(protocol);
        store.connect(
                access.host(),
                access.port(),
                access.username(),
                access.password().reveal());
        return store;
    }

    /** Whether this connection's end is our own doing. */
    boolean wasCut() {
        return wasCut;
    }

    /** Ends whatever waits for the server. */
    void cut() {
        wasCut = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                // What can't be closed is closed by its end of time; there is nothing to be done here.
                sockets.remove(socket);
            }
        }
    }

    /** Remembers the sockets it makes: a thread in IDLE hears nothing but its socket's end. */
    private final class Sockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            sockets.add(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw new IOException("not asked for");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw new IOException("not asked for");
        }
    }
}
