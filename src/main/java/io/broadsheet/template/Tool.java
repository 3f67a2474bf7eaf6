package io.broadsheet.template;

import java.util.Map;

/** An object that templates may call, by the verbs it lists and no others. */
interface Tool {
    /** What templates may call, by name. */
    Map<String, Verb> verbs();

    /** One thing a tool does. */
    interface Verb {
        /** @throws IllegalArgumentException saying in an admin's words what is wrong with the arguments */
        Object call(Object[] arguments);
    }

    /** Calls a verb that the tool has. */
    static Object call(Tool tool, String name, Object[] arguments) {
        Verb verb = tool.verbs().get(name);
        if (verb == null) {
            throw new IllegalStateException("a tool's verbs do not change");
        }
        return verb.call(arguments);
    }

    /** The one argument, if it is of that type. */
    static <T> T one(Class<T> type, String called, Object[] arguments) {
        if (arguments.length == 1 && type.isInstance(arguments[0])) {
            return type.cast(arguments[0]);
        }
        throw new IllegalArgumentException("it takes one " + called);
    }
}
