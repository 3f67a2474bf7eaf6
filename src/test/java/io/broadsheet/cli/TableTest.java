package io.broadsheet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_the_last_is_cut_at_the_width() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        new Table("NAME", "TITLE")
                .row("press", "A headline that is too long for this terminal")
                .row("a", "Short")
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8), 32);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        NAME   TITLE
                        press  A headline that is too l…
                        a      Short
                        """);
    }
}
