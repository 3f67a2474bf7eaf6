package io.broadsheet.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Verifies signatures the plain way, from the text of RFC 6376 with regular expressions; it shares no code with what signs. */
final class Verifier {
    private Verifier() {}

    /** Whether each of the message's signatures holds, topmost first. */
    static List<Boolean> verify(byte[] message, List<DkimKey> published) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        List<String> fields = List.of(text.substring(0, end).split("\r\n(?![ \t])"));
        String body = text.substring(end + 4);
        List<Boolean> holds = new ArrayList<>();
        for (String field : fields) {
            if (field.toLowerCase(Locale.ROOT).startsWith("dkim-signature:")) {
                holds.add(holds(field, fields, body, published));
            }
        }
        return holds;
    }

    static String relaxedBody(String body) {
        String relaxed = body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n)| $", "");
        return relaxed.replaceAll("(\r\n)+\\z", "").isEmpty() ? "" : relaxed.replaceAll("(\r\n)+\\z", "") + "\r\n";
    }

    private static boolean holds(String field, List<String> fields, String body, List<DkimKey> published) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : field.substring(field.indexOf(':') + 1).split(";")) {
            tags.put(tag.split("=", 2)[0].strip(), tag.split("=", 2)[1].replaceAll("\\s", ""));
        }
        DkimKey key = published.stream()
                .filter(one ->
                        one.selector().equals(tags.get("s")) && one.domain().equals(tags.get("d")))
                .findFirst()
                .orElseThrow();
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            String bodyHash = Base64.getEncoder().encodeToString(sha.digest(octets(relaxedBody(body))));
            StringBuilder signed = new StringBuilder();
            List<String> left = new ArrayList<>(fields);
            for (String name : String.valueOf(tags.get("h")).split(":")) {
                for (int i = left.size() - 1; i >= 0; i--) {
                    if (left.get(i).toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                        signed.append(relaxed(left.remove(i))).append("\r\n");
                        break;
                    }
                }
            }
            signed.append(relaxed(field.replaceFirst("(?s)([; \t\n]b=).*", "$1")));
            return bodyHash.equals(tags.get("bh")) && holds(key, octets(signed.toString()), tags.get("b"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean holds(DkimKey key, byte[] signed, String signature) throws GeneralSecurityException {
        boolean rsa = key.algorithm() == Algorithm.RSA;
        byte[] published = Base64.getDecoder().decode(key.record().text().replaceFirst(".*p=", ""));
        byte[] prefix = HexFormat.of().parseHex(rsa ? "" : "302a300506032b6570032100");
        byte[] info = Arrays.copyOf(prefix, prefix.length + published.length);
        System.arraycopy(published, 0, info, prefix.length, published.length);
        PublicKey half = KeyFactory.getInstance(rsa ? "RSA" : "Ed25519").generatePublic(new X509EncodedKeySpec(info));
        Signature verifying = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        verifying.initVerify(half);
        verifying.update(rsa ? signed : MessageDigest.getInstance("SHA-256").digest(signed));
        return verifying.verify(Base64.getDecoder().decode(signature));
    }

    private static String relaxed(String field) {
        String value = field.substring(field.indexOf(':') + 1)
                .replace("\r\n", "")
                .replaceAll("[ \t]+", " ")
                .strip();
        return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT) + ":" + value;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
