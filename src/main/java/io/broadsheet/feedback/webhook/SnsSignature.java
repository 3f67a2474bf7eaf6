package io.broadsheet.feedback.webhook;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The signature of an SNS message, version 1 (SHA-1) or 2 (SHA-256), by a certificate that is fetched from SNS
 * (<a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">verifying signatures</a>). Safe for several threads.
 */
final class SnsSignature {
    /** SNS tries for 6 hours at most by its own plan; an owner's plan may be longer. */
    private static final Duration WINDOW = Duration.ofHours(25);

    private static final int CERTIFICATES_MAX = 8; // one a region, and the next when one changes
    private static final Pattern NAME = Pattern.compile("(?:^|,)\\s*CN=sns\\.amazonaws\\.com(?:\\.cn)?\\s*(?:,|$)");
    private static final List<String> OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final Fetch fetch;
    private final Clock clock;
    private final Map<String, X509Certificate> certificates = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
            return size() > CERTIFICATES_MAX;
        }
    };

    SnsSignature(Fetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** @throws io.broadsheet.error.OutsideError when the certificate can't be fetched right now */
    boolean isRight(JsonNode message) {
        String algorithm = switch (Fields.word(message, "SignatureVersion")) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> "";
        };
        String url = Fields.word(message, "SigningCertURL");
        boolean sane = !algorithm.isEmpty() && AmazonAddress.isOfSns(url) && url.endsWith(".pem");
        if (!sane || !Proof.isFresh(Fields.instant(Fields.text(message, "Timestamp"), Instant.EPOCH), clock, WINDOW)) {
            return false;
        }
        X509Certificate certificate = certificate(url);
        return certificate != null && verifies(certificate, algorithm, message);
    }

    private boolean verifies(X509Certificate certificate, String algorithm, JsonNode message) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(signed(message).getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(Fields.word(message, "Signature")));
        } catch (CertificateException | SignatureException | IllegalArgumentException e) {
            return false; // out of date, or not even of a signature's form
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /** Each field's name and value on a line of its own; a field that is absent is left out. */
    private static String signed(JsonNode message) {
        boolean notification = Fields.word(message, "Type").equals("Notification");
        StringBuilder text = new StringBuilder();
        for (String name : notification ? OF_NOTIFICATION : OF_CONFIRMATION) {
            JsonNode value = message.path(name);
            if (value.isString()) {
                text.append(name).append('\n').append(value.stringValue()).append('\n');
            }
        }
        return text.toString();
    }

    private synchronized @Nullable X509Certificate certificate(String url) {
        X509Certificate known = certificates.get(url);
        if (known != null) {
            return known;
        }
        try {
            byte[] pem = fetch.fetch(url);
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            // TLS has proved the host; the name tells SNS' certificate from another file that lies there.
            if (!NAME.matcher(read.getSubjectX500Principal().getName()).find()) {
                return null;
            }
            certificates.put(url, read);
            return read;
        } catch (CertificateException e) {
            return null; // another file
        }
    }
}
