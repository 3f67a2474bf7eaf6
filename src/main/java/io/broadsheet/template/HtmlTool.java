package io.broadsheet.template;

import java.util.Map;

/** {@code $html}: the only way to write a value that isn't escaped. */
final class HtmlTool implements Tool {
    /** HTML to be written as it is. */
    record Raw(String html) {}

    @Override
    public Map<String, Verb> verbs() {
        return Map.of("raw", arguments -> new Raw(Tool.one(String.class, "text of sanitised HTML", arguments)));
    }
}
