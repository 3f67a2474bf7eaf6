package io.broadsheet.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text by RFC 2045 §6.7 so that no line is over 76 octets and none begins with a dot or with {@code From }: such bytes can be spliced and
 * sent without looking for what a transport would have to stuff. Used by one thread.
 */
final class QuotedPrintable {
    /** 76 less the {@code =} of a soft break. */
    private static final int COLUMNS = 75;

    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int column;

    /** @param column how many octets the line has already on which this goes on */
    QuotedPrintable(int column) {
        this.column = column;
    }

    /** Encodes a whole piece; lines end with LF or CRLF. Blanks at the piece's end are encoded, as nobody knows what follows. */
    QuotedPrintable write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\n' || (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n')) {
                out.write('\r');
                out.write('\n');
                column = 0;
                i += b == '\r' ? 1 : 0;
            } else {
                octet(b, isPlain(bytes, i));
            }
        }
        return this;
    }

    /** Ends the line without ending the text's line. */
    QuotedPrintable softBreak() {
        out.writeBytes(SOFT_BREAK);
        column = 0;
        return this;
    }

    int column() {
        return column;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private void octet(int b, boolean plain) {
        int width = plain ? 1 : 3;
        if (column + width > COLUMNS) {
            softBreak();
        }
        // An F at a line's start might begin "From ", which some mail stores escape; the dot is SMTP's (RFC 5321
        // §4.5.2).
        if (plain && !(column == 0 && (b == '.' || b == 'F'))) {
            out.write(b);
            column++;
        } else {
            out.write('=');
            out.write(HEX[b >> 4]);
            out.write(HEX[b & 15]);
            column += 3;
        }
    }

    private static boolean isPlain(byte[] bytes, int i) {
        int b = bytes[i] & 0xff;
        if (b == ' ' || b == '\t') {
            return i + 1 < bytes.length && bytes[i + 1] != '\n' && bytes[i + 1] != '\r';
        }
        return b > 0x20 && b < 0x7f && b != '=';
    }
}
