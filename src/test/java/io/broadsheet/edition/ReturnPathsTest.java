package io.broadsheet.edition;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.subscriber.SubscriberId;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReturnPathsTest {
    private static final EditionId EDITION = new EditionId(7_300_000_000_000_001L);
    private static final SubscriberId ADA = new SubscriberId(42);
    private static final byte[] SECRET =
            "a secret of thirty-two octets !!".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final ReturnPaths paths = new ReturnPaths(SECRET, "mail-bounce@bounce.example.org");

    @Test
    void a_return_path_says_which_mail_came_back_in_any_case_and_fits_a_local_part() {
        String path = paths.of(EDITION, ADA);

        assertThat(path).matches("mail-bounce\\+[a-z2-7]{52}@bounce\\.example\\.org");
        assertThat(path.indexOf('@')).isEqualTo(64);
        assertThat(paths.read(path)).contains(new ReturnPaths.Sent(EDITION, ADA));
        assertThat(paths.read(path.toUpperCase(Locale.ROOT))).contains(new ReturnPaths.Sent(EDITION, ADA));
        assertThat(paths.read("<" + path + ">")).isPresent();
        assertThat(paths.read("SRS0=x7Qz=2B=bounce.example.org=" + path.substring(0, 64) + "@relay.example"))
                .isPresent();
        assertThat(paths.read(paths.token(EDITION, ADA))).isPresent();
    }

    @Test
    void that_of_a_confirmation_names_no_edition() {
        assertThat(paths.read(paths.ofConfirmation(99, ADA))).contains(new ReturnPaths.Sent(null, ADA));
    }

    @Test
    void without_a_box_of_its_own_there_is_no_return_path_but_tokens_are_read() {
        ReturnPaths none = new ReturnPaths(SECRET, null);

        assertThat(none.of(EDITION, ADA)).isNull();
        assertThat(none.read(paths.of(EDITION, ADA))).isPresent();
    }

    @Test
    void what_was_changed_in_any_place_or_signed_by_another_is_not_ours() {
        String token = paths.token(EDITION, ADA);
        Random random = new Random(11);

        for (int place = 0; place < token.length() - 1; place++) {
            char other = (char) ('a' + random.nextInt(26));
            String forged = token.substring(0, place) + other + token.substring(place + 1);
            assertThat(paths.read("bounces+" + forged + "@bounce.example.org").isPresent())
                    .isEqualTo(forged.equals(token));
        }
        byte[] another = SECRET.clone();
        another[0]++;
        assertThat(new ReturnPaths(another, null).read(token)).isEmpty();
    }

    @Test
    void no_text_from_outside_breaks_the_reading() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(120);
            for (int at = 0; at < length; at++) {
                text.append("abcdefghijklmnopqrstuvwxyz234567+@<>\u00e4\u0000 ".charAt(random.nextInt(38)));
            }
            assertThat(paths.read(text.toString())).isEmpty();
        }
        assertThat(paths.read("a".repeat(10_000_000))).isEmpty();
    }
}
