package io.broadsheet.delivery;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are good for a mail server's name. Safe for several threads, because it never changes. */
final class Trust {
    private final X509ExtendedTrustManager known;
    private final SSLContext checked;

    private Trust(X509ExtendedTrustManager known) throws GeneralSecurityException {
        this.known = known;
        this.checked = context(known);
    }

    /** That of the Java runtime. */
    static Trust system() {
        return of(null);
    }

    /** @param authorities absent: those of the Java runtime */
    static Trust of(@Nullable KeyStore authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            for (TrustManager one : factory.getTrustManagers()) {
                if (one instanceof X509ExtendedTrustManager manager) {
                    return new Trust(manager);
                }
            }
            throw new IllegalStateException("a Java runtime that checks no certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java runtime without TLS", e);
        }
    }

    private static SSLContext context(TrustManager manager) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        return context;
    }

    /** Refuses what is not good. */
    SSLSocketFactory checking() {
        return checked.getSocketFactory();
    }

    /** Takes any certificate, and tells what is not good about it. */
    SSLSocketFactory telling(Consumer<String> complaint) {
        try {
            return context(new Telling(known, complaint)).getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java runtime without TLS", e);
        }
    }

    /** Opportunistic TLS (RFC 7435): a bad certificate is still better than none. */
    private static final class Telling extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager known;
        private final Consumer<String> complaint;

        private Telling(X509ExtendedTrustManager known, Consumer<String> complaint) {
            this.known = known;
            this.complaint = complaint;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            try {
                known.checkServerTrusted(chain, kind, socket);
            } catch (CertificateException e) {
                complaint.accept(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            throw new IllegalStateException("no engines here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            throw new IllegalStateException("a check without the name");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
            throw new IllegalStateException("we are the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            throw new IllegalStateException("we are the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {
            throw new IllegalStateException("we are the client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return known.getAcceptedIssuers();
        }
    }
}
