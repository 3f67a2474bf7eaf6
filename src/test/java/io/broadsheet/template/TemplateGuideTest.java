package io.broadsheet.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.edition.ArticleView;
import io.broadsheet.edition.ConfirmView;
import io.broadsheet.edition.DigestView;
import io.broadsheet.edition.EditionView;
import io.broadsheet.edition.LinksView;
import io.broadsheet.edition.NewsletterView;
import io.broadsheet.edition.ReaderView;
import io.broadsheet.edition.RetractionView;
import io.broadsheet.edition.SiteView;
import io.broadsheet.web.site.SiteViews;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/templates.md} to the view records. */
class TemplateGuideTest {
    private static final Pattern HEADING = Pattern.compile("#{2,3} .*: ([A-Za-z.]+)");
    private static final Pattern ROW = Pattern.compile("\\| `[$.]([a-zA-Z]+)` \\| .*");

    @Test
    void the_guide_lists_exactly_what_templates_see() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (Class<?> view : List.of(
                DigestView.class,
                SiteView.class,
                NewsletterView.class,
                EditionView.class,
                RetractionView.class,
                ArticleView.class,
                ReaderView.class,
                LinksView.class,
                ConfirmView.class)) {
            expected.put(view.getSimpleName(), components(view));
        }
        for (Class<?> view : SiteViews.class.getDeclaredClasses()) {
            expected.put("SiteViews." + view.getSimpleName(), components(view));
        }

        assertThat(guide()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void the_guide_lists_every_verb_of_every_tool() throws IOException {
        String guide = Files.readString(Path.of("docs/templates.md"));
        Map<String, Tool> tools = Map.of(
                "date",
                new DateTool(Locality.of("en", java.time.ZoneOffset.UTC)),
                "text",
                new TextTool(),
                "html",
                new HtmlTool());

        tools.forEach((name, tool) ->
                tool.verbs().keySet().forEach(verb -> assertThat(guide).contains("| `$" + name + "." + verb + "(")));
    }

    private static Map<String, List<String>> guide() throws IOException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("docs/templates.md"))) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                current = new ArrayList<>();
                tables.put(heading.group(1), current);
            } else if (row.matches()) {
                current.add(row.group(1));
            }
        }
        return tables;
    }

    private static List<String> components(Class<?> view) {
        return Arrays.stream(view.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
