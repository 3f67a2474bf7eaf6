package io.broadsheet.http;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Turns what a connection threw into one line for the reader: which URL, why, the mend. */
final class FetchFailure {
    private FetchFailure() {}

    static OutsideError of(String url, IOException e, Duration timeout) {
        GuardedSockets.Refused refused = find(e, GuardedSockets.Refused.class);
        if (refused != null) {
            return new OutsideError(url + ": not fetched; " + refused.getMessage(), false, e);
        }
        return new OutsideError(url + ": " + why(e, timeout), true, e);
    }

    private static String why(IOException e, Duration timeout) {
        if (find(e, UnknownHostException.class) != null) {
            return "the host was not found; check the spelling, or the DNS of this machine";
        }
        if (find(e, SSLException.class) != null) {
            return tls(e);
        }
        if (e instanceof InterruptedIOException) {
            return "no whole answer within " + timeout.toSeconds() + " s; 'fetch.timeout' is the limit";
        }
        if (find(e, ConnectException.class) != null) {
            return "the connection was refused; is the server running, and the port right?";
        }
        if (find(e, NoRouteToHostException.class) != null) {
            return "no route to the host; check the network of this machine";
        }
        return "the connection broke off (" + Safe.text(e.getMessage()) + "); it is tried again at the next visit";
    }

    private static String tls(IOException e) {
        if (find(e, CertificateExpiredException.class) != null) {
            return "its certificate has expired; its owner must renew it";
        }
        if (find(e, CertificateNotYetValidException.class) != null) {
            return "its certificate is not valid yet; check this machine's clock, else its owner must mend it";
        }
        if (find(e, SSLPeerUnverifiedException.class) != null) {
            return "its certificate is for another host name; check the URL's host, else its owner must mend it";
        }
        if (find(e, CertPathBuilderException.class) != null) {
            return "its certificate was signed by nobody this machine trusts; its owner must send the whole chain, "
                    + "or its issuer be added to Java's trust store";
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("plaintext") || message.contains("unrecognized ssl message")) {
            return "it does not speak TLS on this port; try http:// instead of https://";
        }
        return "no secure connection came about (" + Safe.text(e.getMessage()) + "); its owner must mend its TLS";
    }

    /** The first of this kind among a failure, its causes and what it suppressed: OkHttp tries several addresses and hides all but one. */
    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            Collections.addAll(open, next.getSuppressed());
        }
        return null;
    }
}
