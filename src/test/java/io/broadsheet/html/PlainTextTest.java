package io.broadsheet.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Q&A                              | Q&A
                    Q&amp;A                          | Q&A
                    Q&amp;amp;A                      | Q&A
                    <b>Bold</b> move                 | Bold move
                    &lt;b&gt;Bold&lt;/b&gt; move     | Bold move
                    One<br/>two                      | One two
                    1 < 2 and 3 > 2                  | 1 < 2 and 3 > 2
                    How the <b> element works        | How the <b> element works
                    Generics: List<String>           | Generics: List<String>
                    caf&eacute;&nbsp;&#8212; x       | café — x
                    A <a href="x">link</a> here      | A link here
                    AT&T; &unknown;                  | AT&T; &unknown;
                    """)
    void a_title_is_one_plain_line(String title, String expected) {
        assertThat(PlainText.title(title)).isEqualTo(expected);
    }

    @Test
    void a_title_has_no_line_break_and_no_control() {
        assertThat(PlainText.title(" a\r\n\tb\u0000c&#1; \u2028d\u007F\u0090e "))
                .isEqualTo("a bc d e");
    }

    @Test
    void text_keeps_its_paragraphs_lines_and_lists() {
        String html =
                "<h2>Head</h2><p>One<br>two &amp; three</p><ul><li>a</li><li>b <b>c</b></li></ul><p>End<script>x</script></p>"
                        + "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table><pre>x\n  y</pre>";

        assertThat(PlainText.of(html)).isEqualTo("Head\n\nOne\ntwo & three\n\n- a\n- b c\n\nEnd\n\n1 2\n3\n\nx\n  y");
    }
}
