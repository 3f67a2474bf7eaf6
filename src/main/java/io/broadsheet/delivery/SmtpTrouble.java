package io.broadsheet.delivery;

import io.broadsheet.log.Safe;
import jakarta.mail.AuthenticationFailedException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in an admin's words why a connection failed. */
final class SmtpTrouble {
    private SmtpTrouble() {}

    /** What lies at the bottom of a failure, in one short line. */
    static String words(Throwable failure) {
        Throwable deepest = deepest(failure);
        String message = deepest.getMessage();
        return Safe.text(
                message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message);
    }

    /** @param said what the server said last; null when that is not known */
    static String atStart(Throwable failure, @Nullable String said) {
        if (failure instanceof AuthenticationFailedException) {
            return "it refuses our username and password: " + Safe.text(failure.getMessage());
        }
        String words = words(failure);
        if (find(failure, CertificateException.class)
                || words.contains("PKIX")
                || words.contains("certification path")) {
            return certificate(words);
        }
        if (words.startsWith("STARTTLS is required")) {
            return "it offers no STARTTLS, without which nothing is sent; where it has TLS from the first byte, that is security: tls";
        }
        if (find(failure, SSLException.class)) {
            return "TLS fails (" + words
                    + "); port 465 is mostly security: tls, and 587 starttls, and TLS 1.2 is the least that is spoken";
        }
        return words.startsWith("Got bad greeting") && said != null ? "it greets with " + Safe.text(said) : words;
    }

    private static String certificate(String words) {
        if (words.contains("No name matching") || words.contains("subject alternative")) {
            return "its certificate is for another name (" + words + "); write as host the name that it is for";
        }
        return "its certificate is not trusted (" + words
                + "); give it one of a known authority, or add its authority to Java's trust store";
    }

    private static boolean find(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable one = failure; one != null; one = one.getCause() == one ? null : one.getCause()) {
            if (kind.isInstance(one)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
