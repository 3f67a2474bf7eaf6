package io.broadsheet.template;

import org.apache.velocity.app.event.IncludeEventHandler;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.jspecify.annotations.Nullable;

/** What becomes of each value on its way out: escaped in HTML, as it is in text; a group or a list is never written by accident. */
final class Escaping implements ReferenceInsertionEventHandler, IncludeEventHandler {
    private final String template;
    private final boolean html;

    Escaping(String template, boolean html) {
        this.template = template;
        this.html = html;
    }

    @Override
    public @Nullable Object referenceInsert(Context context, String reference, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof HtmlTool.Raw raw) {
            return raw.html();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return html ? HtmlEscape.of(value.toString()) : value.toString();
        }
        if (value instanceof org.apache.velocity.runtime.Renderable block) {
            // The body of a macro call: its own values pass through here when it is written.
            return block;
        }
        throw TemplateFault.in(
                template,
                reference + " is " + Allowed.called(value) + ", which can't be written; "
                        + (value instanceof java.time.Instant
                                ? "write $date.long(…) of it"
                                : "write one of its parts"));
    }

    /** Lets {@code #parse} read files of the templates folder; {@link TemplateFiles} refuses names that are anything else. */
    @Override
    public @Nullable String includeEvent(Context context, @Nullable String path, String current, String directive) {
        return path;
    }
}
