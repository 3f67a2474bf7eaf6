package io.broadsheet.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.velocity.context.AbstractContext;
import org.jspecify.annotations.Nullable;

/**
 * The names one rendering sees. Every use of a name, every turn of a loop and every call of a macro passes through here, so this is where a template
 * that would never end is stopped. Used by one thread.
 */
final class Scene extends AbstractContext {
    /** A digest of 500 articles takes some 50,000; this many take about a second. */
    private static final int STEPS_MAX = 2_000_000;

    /** A text that a template builds up by {@code #set}. */
    private static final int TEXT_MAX = 200_000;

    private final String template;
    private final Map<String, @Nullable Object> names;
    private final Set<String> given;
    private int steps;

    Scene(String template, Map<String, Object> names) {
        this.template = template;
        this.names = new HashMap<>(names);
        this.given = new HashSet<>(names.keySet());
    }

    /** What the template was given, for telling the nearest name. */
    Set<String> given() {
        return given;
    }

    @Override
    public @Nullable Object internalGet(String key) {
        step();
        return names.get(key);
    }

    @Override
    public @Nullable Object internalPut(String key, @Nullable Object value) {
        step();
        if (value instanceof CharSequence text && text.length() > TEXT_MAX) {
            throw TemplateFault.in(
                    template,
                    "a text of more than " + TEXT_MAX + " characters in '$" + key + "'; build it in smaller pieces");
        }
        return names.put(key, value);
    }

    @Override
    public boolean internalContainsKey(String key) {
        return names.containsKey(key);
    }

    @Override
    public String[] internalGetKeys() {
        return names.keySet().toArray(new String[0]);
    }

    @Override
    public @Nullable Object internalRemove(String key) {
        step();
        return names.remove(key);
    }

    private void step() {
        steps++;
        if (steps > STEPS_MAX) {
            throw TemplateFault.in(
                    template,
                    "more than " + STEPS_MAX + " steps; look for a loop within a loop, or a macro that calls itself");
        }
    }
}
