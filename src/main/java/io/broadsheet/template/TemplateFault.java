package io.broadsheet.template;

import io.broadsheet.error.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.velocity.exception.MethodInvocationException;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.util.introspection.Info;
import org.jspecify.annotations.Nullable;

/** What the sandbox throws through Velocity, and how that and Velocity's own exceptions become one line for the admin. */
final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How Velocity ends a message when the exception itself has no place. */
    private static final Pattern PLACE = Pattern.compile("(?: at )?([^\\s\\[]+)\\[line (\\d+), column \\d+\\]");

    private TemplateFault(String line) {
        super(line);
    }

    /** @param what what, and after a semicolon the mend */
    static TemplateFault at(Info info, String what) {
        return new TemplateFault(place(info.getTemplateName(), info.getLine()) + ": " + what);
    }

    static TemplateFault in(String template, String what) {
        return new TemplateFault(place(template, 0) + ": " + what);
    }

    static UserError asUserError(String template, Throwable thrown, Iterable<String> known) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateFault fault) {
                return new UserError(String.valueOf(fault.getMessage()));
            }
        }
        if (thrown instanceof MethodInvocationException invocation) {
            return new UserError(place(orElse(invocation.getTemplateName(), template), invocation.getLineNumber())
                    + ": " + invocationMessage(invocation, known));
        }
        if (thrown instanceof ParseErrorException parse) {
            return new UserError(place(orElse(parse.getTemplateName(), template), parse.getLineNumber()) + ": "
                    + (firstLine(thrown).contains("<EOF>")
                            ? "it ends here within an #if, #foreach, #macro or bracket; add the missing #end or bracket"
                            : firstLine(thrown) + "; look for a missing bracket, quote or #end before it"));
        }
        Matcher place = PLACE.matcher(firstLine(thrown));
        if (place.find()) {
            String where = place(place.group(1).replaceAll(",$", ""), Integer.parseInt(place.group(2)));
            return new UserError(where + ": " + plain(place.replaceAll("")));
        }
        return new UserError(place(template, 0) + ": " + plain(firstLine(thrown)));
    }

    private static String invocationMessage(MethodInvocationException invocation, Iterable<String> known) {
        String message = firstLine(invocation);
        Matcher unknown = Pattern.compile("Variable \\$(\\S+) has not been set").matcher(message);
        return unknown.find() ? unknownName(unknown.group(1), known) : plain(message);
    }

    static String unknownName(String name, Iterable<String> known) {
        return "unknown name '$" + name + "'" + Nearest.mend(name, known, "$");
    }

    /** Velocity's words in ours. */
    private static String plain(String message) {
        Matcher nothing =
                Pattern.compile("Reference (\\S+) evaluated to null.*").matcher(message);
        if (nothing.matches()) {
            return nothing.group(1) + " has no value here; write '$!' for nothing in its place, or ask with #if first";
        }
        Matcher within =
                Pattern.compile("Attempted to access '.*' on a null value.*").matcher(message);
        if (within.matches()) {
            return "a part of something that has no value here; ask with #if first";
        }
        return message.strip();
    }

    static String place(String template, int line) {
        String file = template.endsWith(".vm") ? "templates/" + template : template;
        return line > 0 ? file + ":" + line : file;
    }

    private static String orElse(@Nullable String name, String other) {
        return name == null || name.isBlank() ? other : name;
    }

    private static String firstLine(Throwable thrown) {
        Throwable told = thrown instanceof VelocityException && thrown.getMessage() == null && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        String message = told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
