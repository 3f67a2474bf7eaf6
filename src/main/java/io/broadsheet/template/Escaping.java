package io.broadsheet.template;

import java.time.Instant;
import org.apache.velocity.app.event.IncludeEventHandler;
import org.apache.velocity.app.event.MethodExceptionEventHandler;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.Renderable;
import org.apache.velocity.util.introspection.Info;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each value on its way out: escaped in HTML, as it is in text; a group or a list is never written by accident. Used for one
 * rendering, by one thread.
 */
final class Escaping implements ReferenceInsertionEventHandler, IncludeEventHandler, MethodExceptionEventHandler {
    /** Parts within parts. Velocity's own limit leaves out what is deeper, without a word. */
    private static final int DEPTH_MAX = 8;

    /** Enough for a part for each of some hundred articles. */
    private static final int PARSED_MAX = 1_000;

    private final String template;
    private final boolean html;
    private int parsed;

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
        if (value instanceof Renderable block) {
            // The body of a macro call: its own values pass through here when it is written.
            return block;
        }
        throw TemplateFault.in(
                template,
                reference + " is " + Allowed.called(value) + ", which can't be written; "
                        + (value instanceof Instant ? "write $date.long(…) of it" : "write one of its parts"));
    }

    /** Lets {@code #parse} read files of the templates folder; {@link TemplateFiles} refuses names that are anything else. */
    @Override
    public @Nullable String includeEvent(Context context, @Nullable String path, String current, String directive) {
        parsed++;
        if (parsed > PARSED_MAX
                || context instanceof InternalContextAdapter adapter
                        && adapter.getTemplateNameStack().length > DEPTH_MAX) {
            throw TemplateFault.in(
                    template,
                    "#parse more than " + DEPTH_MAX + " deep or " + PARSED_MAX
                            + " times; look for a file that parses itself");
        }
        return path;
    }

    @Override
    public Object methodException(Context context, Class<?> type, String method, Exception thrown, Info info) {
        throw TemplateFault.at(info, "." + method + "(…): " + thrown.getMessage());
    }
}
