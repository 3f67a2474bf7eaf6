package io.broadsheet.delivery;

import io.broadsheet.mail.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages to send. */
final class Mails {
    private Mails() {}

    static OutgoingMessage to(String address) {
        return of("Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII), address);
    }

    static OutgoingMessage of(byte[] text, String address) {
        return new OutgoingMessage(
                "bounce+1@news.example.org", address, "<e1=s+1@news.example.org>", List.of(text), text.length);
    }

    /** Lines of any bytes but CR and LF, many of them with dots at awkward places; sometimes without a last line end, cut into pieces anywhere. */
    static OutgoingMessage random(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(60);
        text.append("X: y");
        for (int line = 0; line < lines; line++) {
            text.append(".".repeat(random.nextInt(3) * random.nextInt(2)));
            int length = random.nextInt(4) == 0 ? 0 : random.nextInt(900);
            for (int at = 0; at < length; at++) {
                char c = (char) random.nextInt(256);
                text.append(c == '\r' || c == '\n' ? '.' : c);
            }
            text.append(line == lines - 1 && random.nextBoolean() ? "" : "\r\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        int cut = random.nextInt(bytes.length);
        byte[] first = Arrays.copyOfRange(bytes, 0, cut);
        byte[] second = Arrays.copyOfRange(bytes, cut, bytes.length);
        return new OutgoingMessage(
                "bounce@news.example.org",
                "ada@example.org",
                "<m@news.example.org>",
                List.of(first, second),
                bytes.length);
    }
}
