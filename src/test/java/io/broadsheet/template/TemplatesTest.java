package io.broadsheet.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    record View(Story story, List<Story> stories, Reader reader, Map<String, String> labels) {}

    record Story(String title, @Nullable String author, Instant date, String content) {}

    record Reader(String name) {}

    private static final Locality BERLIN = Locality.of("de", ZoneId.of("Europe/Berlin"));
    private static final Instant NIGHT = Instant.parse("2026-03-08T23:30:00Z");
    private static final Story STORY = new Story("Tom & <b>Jerry</b> \"'", null, NIGHT, "<p>text</p>");
    private static final View VIEW = new View(STORY, List.of(STORY, STORY), new Reader("Ada"), Map.of("read", "Lies"));

    @TempDir
    Path home;

    private Templates templates;

    @BeforeEach
    void start() {
        templates = new Templates(home);
    }

    @Test
    void html_is_escaped_and_text_is_not() {
        write("page.vm", "<h1 title=\"$story.title\">$!story.author</h1>");
        write("mail/x/text.vm", "$story.title");

        assertThat(render("page")).isEqualTo("<h1 title=\"Tom &amp; &lt;b&gt;Jerry&lt;/b&gt; &#34;&#39;\"></h1>");
        assertThat(render("mail/x/text")).isEqualTo(STORY.title());
        assertThat(line("$story.title")).isEqualTo(STORY.title());
    }

    @Test
    void a_value_is_escaped_once_however_it_travels() {
        write(
                "page.vm",
                "#macro(show $x)[$x]#end#set($t = $story.title + '!')#show($story.title)$t#foreach($s in $stories)$s.title#end");
        String escaped = HtmlEscape.of(STORY.title());

        assertThat(render("page")).isEqualTo("[" + escaped + "]" + escaped + "!" + escaped + escaped);
    }

    @Test
    void only_the_raw_tool_writes_html() {
        write("page.vm", "$html.raw($story.content)$story.content");

        assertThat(render("page")).isEqualTo("<p>text</p>&lt;p&gt;text&lt;/p&gt;");
        assertFails(() -> line("$html.raw($story.content)"), "unknown name '$html'");
    }

    @Test
    void dates_are_written_in_the_readers_zone_and_language() {
        assertThat(line("$date.long($story.date) $date.iso($story.date)"))
                .isEqualTo("9. März 2026 2026-03-09T00:30:00+01:00");
    }

    @Test
    void text_is_wrapped_at_72_columns_and_long_words_are_kept() {
        String wrapped = TextTool.wrap("word ".repeat(40) + "\n\n" + "https://example.org/" + "a".repeat(90) + " end");

        assertThat(wrapped.lines().filter(line -> line.length() > 72))
                .singleElement()
                .asString()
                .startsWith("https://example.org/aaa");
        assertThat(wrapped).contains("\n\nhttps://");
        assertThat(TextTool.wrap("記事".repeat(60)).lines()).allMatch(line -> line.length() <= 36);
    }

    @Test
    void the_home_wins_over_what_is_shipped_and_a_change_shows_at_once() {
        assertThat(templates.exists("mail/digest/html")).isTrue();
        write("a.vm", "#parse('b.vm')");
        write("b.vm", "one");
        assertThat(render("a")).isEqualTo("one");

        write("b.vm", "two!");
        assertThat(render("a")).isEqualTo("two!");
        assertThat(templates.exists("c")).isFalse();
    }

    @Test
    void macros_of_a_part_serve_the_page_and_stay_out_of_other_pages() {
        write("parts.vm", "#macro(hello $x)<$x.title.length()>#end");
        write("other-parts.vm", "#macro(hello $x)other#end");
        write("one.vm", "#parse('parts.vm')#hello($story)");
        write("two.vm", "#parse('other-parts.vm')#hello($story)");

        for (int i = 0; i < 3; i++) {
            assertThat(render("one")).isEqualTo("<" + STORY.title().length() + ">");
            assertThat(render("two")).isEqualTo("other");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$stroy.title | templates/mail/x/html.vm:2: unknown name '$stroy'; did you mean '$story'?",
                "$story.titel | templates/mail/x/html.vm:2: unknown name '.titel'; did you mean '.title'?",
                "#if($story.titel)x#end | templates/mail/x/html.vm:2: unknown name '.titel'; did you mean '.title'?",
                "$story.author | templates/mail/x/html.vm:2: $story.author has no value here; write '$!' for nothing in its place",
                "$story.author.length() | templates/mail/x/html.vm:2: a part of something that has no value here",
                "$story | $story is a group of values, which can't be written; write one of its parts",
                "$story.date | $story.date is a value, which can't be written; write $date.long(…) of it",
                "$stories | $stories is a list, which can't be written",
                "$date.lang($story.date) | templates/mail/x/html.vm:2: unknown '.lang(…)'; did you mean '.long'?",
                "$date.long($story.title) | templates/mail/x/html.vm:2: .long(…): it takes one date",
                "$stories.get(7).title | templates/mail/x/html.vm:2: .get(…): there is no item 7 in a list of 2",
                "#foreach($x in $story.title)$x#end | templates/mail/x/html.vm:2: #foreach over a text; it goes over lists alone",
                "#set($story.title = 'x') | templates/mail/x/html.vm:2: #set of '.title'; a template can't change what it is given",
                "#set($labels.read = 'x') | templates/mail/x/html.vm:2: #set of '.read'",
                "#parse('nowhere.vm') | nowhere.vm",
                "#nosuch($story) | templates/mail/x/html.vm:2: Macro '#nosuch' is not defined",
            })
    void a_failing_template_names_file_line_and_mend(String source, String message) {
        write("mail/x/html.vm", "first line\n" + source);

        assertFails(() -> render("mail/x/html"), message);
        assertThat(templates.check("mail/x/html", VIEW, BERLIN))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void a_template_that_cannot_be_read_names_its_line() {
        write("page.vm", "fine\n#if($story.title)\nno end");

        assertFails(() -> render("page"), "templates/page.vm:");
        assertThat(templates.check("page", VIEW, BERLIN))
                .singleElement()
                .asString()
                .startsWith("templates/page.vm:")
                .contains("#end");
        assertFails(() -> render("nothing"), "templates/nothing.vm: no such template, in the home or shipped");
    }

    @Test
    void reading_a_template_finds_what_one_rendering_does_not_reach() {
        write("page.vm", "#if($sotry)a#end\n#if(false)$nope.x#end\n#set($a = \"Dear $reader.name\")#set($own = 1)$own");

        assertThat(templates.check("page", VIEW, BERLIN))
                .containsExactlyInAnyOrder(
                        "templates/page.vm:1: unknown name '$sotry'; did you mean '$story'?",
                        "templates/page.vm:2: unknown name '$nope'; there are $labels, $reader, $stories, $story",
                        "templates/page.vm:3: a '$' name within quotes is not filled in; write 'text' + $name");
    }

    /** The known ways out of Velocity, CVE-2020-13936 among them, and what stands beside them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$story.class",
                "$story.getClass()",
                "$story.class.classLoader",
                "$story.title.getClass().forName('java.lang.Runtime')",
                "$story.title.class.forName('java.lang.Runtime').getRuntime().exec('id')",
                "$stories.getClass()",
                "$stories.class",
                "$date.class",
                "$date.getClass()",
                "$date.locality",
                "$html.verbs()",
                "$text.getClass().getProtectionDomain()",
                "$story.title.bytes",
                "$story.title.getBytes()",
                "$story.title.concat('x')",
                "$story.hashCode()",
                "$story.toString()",
                "$stories.add($story)",
                "$stories.iterator()",
                "$stories.toArray()",
                "$labels.put('a','b')",
                "$labels.entrySet()",
                "$labels.class",
                "$foreach.parent",
                "#foreach($s in $stories)$foreach.info#end",
                "#foreach($s in $stories)$foreach.topmost#end",
                "#foreach($s in $stories)$foreach.class#end",
                "#foreach($s in $stories)$foreach.set('a', $s)#end",
                "#evaluate('$story.title')",
                "#include('page.vm')",
                "#include('/etc/passwd')",
                "#parse('/etc/passwd')",
                "#parse('../../etc/passwd')",
                "#parse('page/../x.vm')",
                "#parse('file:///etc/passwd')",
                "#parse('..%2fx.vm')",
                "#define($block)$story.title#end$block",
                "#set($c = [1..3])$c.class",
                "#set($m = {'a': 1})$m.getClass()",
                "#set($s = 'x')$s.class.name",
                "#set($x = 1)$x.getClass()",
                "#set($x = 1)$x.class",
                "#set($x = true)$x.class",
                "$foreach.class",
                "${story.class}",
                "$!story.class",
                "$!{story.getClass()}",
                "#if($story.class)x#end",
                "$stories[0].class",
                "$labels['class']",
                "$date['class']",
                "$story['class']"
            })
    void a_template_reaches_no_class_and_no_file(String source) throws IOException {
        write("page.vm", source);

        assertFails(() -> render("page"), "page.vm");
    }

    @Test
    void a_link_out_of_the_templates_folder_is_not_followed(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret"), "secret");
        Files.createSymbolicLink(home.resolve("page.vm"), elsewhere.resolve("secret"));

        assertThatThrownBy(() -> render("page")).isInstanceOf(UserError.class).hasMessageNotContaining("secret\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#foreach($a in [1..10000])#foreach($b in [1..10000])#foreach($c in [1..10000])#set($d = 1)#end#end#end",
                "#macro(m)#m()#m()#end#m()",
                "#macro(m)#m()#m()#m()#m()#m()#m()#m()#m()#m()#end#m()",
                "#set($x = 'xxxxxxxxxxxxxxxx')#foreach($a in [1..10000])#set($x = $x + $x)#end",
                "#set($x = 'xxxxxxxxxxxxxxxx')#foreach($a in [1..10000])#foreach($b in [1..10000])$x#end#end"
            })
    void a_template_that_would_never_end_is_stopped(String source) {
        write("page.vm", source);

        assertFails(() -> render("page"), "page.vm");
    }

    @Test
    void a_file_that_parses_itself_is_stopped() {
        write(
                "page.vm",
                "x#parse('page.vm')#parse('page.vm')#parse('page.vm')#parse('page.vm')#parse('page.vm')#parse('page.vm')");

        assertThatThrownBy(() -> render("page")).isInstanceOf(UserError.class).hasMessageContaining("page.vm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$reader.name",
                "$!reader.name",
                "${reader.name}",
                "<a title=\"$!{reader.name}\">",
                "#if($story.author)a#{else}$reader.name#end",
                "#foreach($s in $stories)$reader.name $s.title#end",
                "#macro(m)$reader.name#end#m()",
                "\\$reader.name",
                "#parse('prints.vm')"
            })
    void plain_output_is_known_as_such(String source) {
        write("prints.vm", "Dear $reader.name");
        write("page.vm", source);

        assertThat(templates.onlyPrints(Set.of("reader"), "page")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#if($reader.name)a#end",
                "#if(!$reader.name)a#end",
                "#if($story.author)a#elseif($reader.name == 'x')b#end",
                "#set($x = $reader.name)",
                "#set($x = 'Dear ' + $reader.name)",
                "#set($reader = $story)",
                "#foreach($x in [$reader.name])a#end",
                "#foreach($reader in $stories)$reader.title#end",
                "#macro(m $x)$x#end#m($reader)",
                "#macro(m $x)$x#end#m($reader.name)",
                "$text.wrap($reader.name)",
                "$stories.get($reader.name.length()).title",
                "$stories[$reader.name.length()].title",
                "${reader.name|'you'}",
                "${story.author|$reader.name}",
                "$reader.name.length()",
                "$reader",
                "#parse('asks.vm')",
                "#parse($story.title)",
                "#macro(m)#if($bodyContent)a#end#end#@m()$reader.name#end",
                "#set($m = {'a': $reader.name})",
                "#macro(m)#if($reader.name)x#end#end#m()"
            })
    void any_other_use_counts_as_asking(String source) {
        write("asks.vm", "#if($reader.name == 'Ada')a#end");
        write("page.vm", source);

        assertThat(templates.onlyPrints(Set.of("reader"), "page")).isFalse();
    }

    private String render(String name) {
        return templates.render(name, VIEW, BERLIN);
    }

    private String line(String source) {
        return templates.renderLine("newsletter news: subject", source, VIEW, BERLIN);
    }

    private static void assertFails(Runnable run, String message) {
        assertThatThrownBy(run::run).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private void write(String name, String source) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
