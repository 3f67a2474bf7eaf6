package io.broadsheet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.test.AnyText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dot-stuffing (RFC 5321 §4.5.2) for any content, however it is cut into pieces. */
class StuffedTest {
    private static final int CASES = Integer.getInteger("broadsheet.cases", 3_000);
    private static final int OCTETS_MAX = 400;

    private final AnyText any = new AnyText();

    @Test
    void what_a_server_unstuffs_is_what_was_written_and_nothing_in_it_ends_the_message() throws IOException {
        Stuffed stuffed = new Stuffed();
        for (int number = 0; number < CASES; number++) {
            byte[] octets = any.octets(OCTETS_MAX);

            byte[] sent = written(stuffed, any.cut(octets));

            String why = "case " + number + " of seed " + any.seed();
            assertThat(unstuffed(sent)).as(why).isEqualTo(ended(octets));
            assertThat(written(stuffed, List.of(octets))).as(why).isEqualTo(sent);
        }
    }

    private static byte[] written(Stuffed stuffed, List<byte[]> pieces) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stuffed.write(new OutgoingMessage("from@example.org", "to@example.org", "<id@example.org>", pieces, 0), out);
        return out.toByteArray();
    }

    /** As a server reads: a line ends with LF, a first dot is taken away, a line of nothing but a dot would have ended it. */
    private static byte[] unstuffed(byte[] sent) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean lineBegins = true;
        for (int i = 0; i < sent.length; i++) {
            if (lineBegins && sent[i] == '.') {
                assertThat(i + 1 < sent.length && sent[i + 1] == '.')
                        .as("a line's first dot is always doubled")
                        .isTrue();
                lineBegins = false;
            } else {
                text.write(sent[i]);
                lineBegins = sent[i] == '\n';
            }
        }
        return text.toByteArray();
    }

    /** A message ends with a line end, so that the dot stands alone. */
    private static byte[] ended(byte[] octets) {
        int length = octets.length;
        boolean isEnded = length >= 2 && octets[length - 2] == '\r' && octets[length - 1] == '\n';
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(octets);
        all.writeBytes(isEnded ? new byte[0] : new byte[] {'\r', '\n'});
        return all.toByteArray();
    }
}
