package io.broadsheet.newsletter;

import java.util.List;
import java.util.function.Function;

/**
 * Asks whoever knows templates what is wrong with one, so that reading definitions needs no template engine.
 *
 * @param template given a folder's name under {@code templates/mail}, such as {@code digest}: what is wrong in it, one line each
 * @param subject given a subject's source: what is wrong in it, one line each
 */
public record TemplateSyntax(Function<String, List<String>> template, Function<String, List<String>> subject) {
    /** Takes every template as right. */
    public static final TemplateSyntax UNCHECKED = new TemplateSyntax(name -> List.of(), text -> List.of());
}
