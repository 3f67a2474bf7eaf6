package io.broadsheet.source;

import io.broadsheet.config.YamlMap;
import io.broadsheet.error.UserError;
import io.broadsheet.source.SourceDefinition.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the keys that say how pages of stories are read. */
final class PageRulesReader {
    private PageRulesReader() {}

    private enum Robots {
        RESPECT,
        IGNORE
    }

    /** Empty where nothing is said, and for a feed that is not completed from its pages. */
    static Optional<PageRules> read(YamlMap map, Kind kind) {
        @Nullable
        Selectors selectors = map.map("selectors", PageRulesReader::selectors).orElse(null);
        List<String> paths = map.oneOrMore("paths", PageRulesReader::path);
        Robots robots = map.word("robots", Robots.class).orElse(Robots.RESPECT);
        boolean fullText = map.flag("full-text").orElse(false);
        if (map.has("full-text") && kind != Kind.FEED) {
            map.problem("full-text", "'full-text' belongs to a source of the kind feed; take it out");
        }
        if (map.has("selectors") && kind != Kind.PAGE) {
            map.problem("selectors", "'selectors' belong to a source of the kind page; take them out");
        }
        for (String key : List.of("paths", "robots")) {
            boolean read = kind.hasPages() || (fullText && key.equals("robots"));
            if (map.has(key) && !read) {
                map.problem(key, "'" + key + "' belongs to sources of the kinds page and sitemap; take it out");
            }
        }
        PageRules rules = new PageRules(selectors, paths, robots == Robots.IGNORE);
        return rules.equals(PageRules.NONE) && !(fullText && kind == Kind.FEED) ? Optional.empty() : Optional.of(rules);
    }

    private static Optional<Selectors> selectors(YamlMap map) {
        Optional<String> item = map.value("item", Selectors::checked);
        Optional<String> link = map.value("link", Selectors::checked);
        Optional<String> title = map.value("title", Selectors::checked);
        Optional<String> date = map.value("date", Selectors::checked);
        if (item.isEmpty() && link.isEmpty()) {
            if (map.has("title") || map.has("date")) {
                map.problem("title", "'selectors' needs an 'item', which holds one story, or a 'link'");
            }
            return Optional.empty();
        }
        return Optional.of(new Selectors(item.orElse(null), link.orElse(null), title.orElse(null), date.orElse(null)));
    }

    private static String path(String text) {
        if (!text.startsWith("/")) {
            throw new UserError(
                    "'" + text + "' is not a path; write the beginning of the stories' paths, such as /news/");
        }
        return text;
    }
}
