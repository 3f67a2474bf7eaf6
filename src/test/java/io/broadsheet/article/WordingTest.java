package io.broadsheet.article;

import static io.broadsheet.article.SomeEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    @Test
    void a_counter_below_a_text_is_none_of_it_and_takes_nothing_of_it_along() {
        Wording monday = of("<p>今天开会</p><p>10 views</p>");
        Wording tuesday = of("<p>明天放假</p><p>11 views</p>");

        assertThat(monday.textKey()).isNotEqualTo(tuesday.textKey());
        assertThat(monday.textKey())
                .isEqualTo(of("<p>今天开会</p><p>• 1,234 views</p>").textKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Share this story:",
                "Read more…",
                "• Tags:",
                "###",
                "-30-",
                "PRINT | E-MAIL",
                "3 min read",
                "The post Bridge reopens appeared first on Example News."
            })
    void what_a_site_sets_around_a_text_changes_nothing(String line) {
        assertThat(of("<p>The bridge reopens.</p><p>" + line + "</p>").fingerprint())
                .isEqualTo(of("<p>The bridge reopens.</p>").fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "#", "1,", "1 ", "新</p><p>", "the post "})
    void the_same_thing_a_hundred_thousand_times_is_done_in_no_time(String piece) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> of("<pre>" + piece.repeat(300_000 / piece.length()) + "x</pre>"));
    }

    private static Wording of(String html) {
        return Wording.of(entry("Notice").text(html).build());
    }
}
