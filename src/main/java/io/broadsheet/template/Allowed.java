package io.broadsheet.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.runtime.directive.Scope;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;
import org.jspecify.annotations.Nullable;

/**
 * All that a template can touch of the values it is given. It is a list of what is allowed, not of what is forbidden: nothing here looks up a method
 * by a name that a template wrote, so that there is no {@code getClass} to reach anything from (CVE-2020-13936 and its kind). Public with an empty
 * constructor because Velocity makes it by name. Safe for several threads, because its memory is a {@link ClassValue}.
 */
public final class Allowed implements Uberspect {
    private static final ClassValue<Map<String, Method>> COMPONENTS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            Map<String, Method> accessors = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                accessors.put(component.getName(), component.getAccessor());
            }
            return accessors;
        }
    };

    private static final Map<String, Read<ForeachScope>> LOOP = Map.of(
            "index", ForeachScope::getIndex,
            "count", ForeachScope::getCount,
            "hasNext", ForeachScope::getHasNext,
            "first", ForeachScope::getFirst,
            "last", ForeachScope::getLast);

    private static final Map<String, Call> LIST_METHODS = Map.of(
            "size", Call.none(object -> ((List<?>) object).size()),
            "isEmpty", Call.none(object -> ((List<?>) object).isEmpty()),
            "get", Call.one(Integer.class, (object, index) -> item((List<?>) object, index)));

    private static final Map<String, Call> MAP_METHODS =
            Map.of("get", Call.one(String.class, (object, key) -> ((Map<?, ?>) object).get(key)));

    private static final Map<String, Call> STRING_METHODS = Map.of(
            "isEmpty", Call.none(object -> ((String) object).isEmpty()),
            "length", Call.none(object -> ((String) object).length()));

    @Override
    public void init() {}

    @Override
    public Iterator<?> getIterator(Object object, Info info) {
        if (object instanceof Collection<?> collection) {
            return collection.iterator();
        }
        throw TemplateFault.at(info, "#foreach over " + called(object) + "; it goes over lists alone");
    }

    @Override
    public VelPropertyGet getPropertyGet(Object object, String name, Info info) {
        if (object instanceof Record) {
            Map<String, Method> components = COMPONENTS.get(object.getClass());
            Method accessor = components.get(name);
            if (accessor != null) {
                return new Property(name, target -> read(accessor, target));
            }
            throw TemplateFault.at(info, "unknown name '." + name + "'" + Nearest.mend(name, components.keySet(), "."));
        }
        if (object instanceof ForeachScope) {
            Read<ForeachScope> loop = LOOP.get(name);
            if (loop != null) {
                return new Property(name, target -> loop.of((ForeachScope) target));
            }
            throw TemplateFault.at(
                    info, "unknown name '$foreach." + name + "'" + Nearest.mend(name, LOOP.keySet(), "."));
        }
        if (object instanceof Map<?, ?> map && !(object instanceof Scope)) {
            if (map.containsKey(name)) {
                return new Property(name, target -> ((Map<?, ?>) target).get(name));
            }
            throw TemplateFault.at(info, "unknown key '." + name + "'; this map does not have it");
        }
        throw TemplateFault.at(
                info, "'." + name + "' of " + called(object) + ", which has no parts; write the value alone");
    }

    @Override
    public VelMethod getMethod(Object object, String name, Object[] arguments, Info info) {
        if (object instanceof Tool tool) {
            if (!tool.verbs().containsKey(name)) {
                throw TemplateFault.at(
                        info,
                        "unknown '." + name + "(…)'"
                                + Nearest.mend(name, tool.verbs().keySet(), "."));
            }
            return new Called(name, (target, given) -> Tool.call((Tool) target, name, given));
        }
        Map<String, Call> methods = methodsOf(object);
        Call call = methods.get(name);
        if (call == null) {
            throw TemplateFault.at(
                    info,
                    "'." + name + "(…)' can't be called on " + called(object)
                            + Nearest.mend(name, methods.keySet(), "."));
        }
        if (!call.takes(arguments)) {
            throw TemplateFault.at(info, "'." + name + "(…)' with other arguments than it takes; " + call.mend());
        }
        return new Called(name, (target, given) -> call.body().apply(target, given.length == 0 ? null : given[0]));
    }

    @Override
    public VelPropertySet getPropertySet(Object object, String name, Object value, Info info) {
        throw TemplateFault.at(
                info, "#set of '." + name + "'; a template can't change what it is given, only set names of its own");
    }

    private static @Nullable Object item(List<?> list, int index) {
        if (index < 0 || index >= list.size()) {
            throw new IllegalArgumentException("there is no item " + index + " in a list of " + list.size()
                    + "; the first is 0, ask size() or isEmpty() first");
        }
        return list.get(index);
    }

    private static Map<String, Call> methodsOf(Object object) {
        if (object instanceof List<?>) {
            return LIST_METHODS;
        }
        if (object instanceof String) {
            return STRING_METHODS;
        }
        return object instanceof Map<?, ?> && !(object instanceof Scope) ? MAP_METHODS : Map.of();
    }

    private static @Nullable Object read(Method accessor, Object target) throws InvocationTargetException {
        try {
            return accessor.invoke(target);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a record's accessor was made accessible", e);
        }
    }

    /** A record's part by name, for our own code. */
    static @Nullable Object component(Record view, String name) {
        Method accessor = COMPONENTS.get(view.getClass()).get(name);
        if (accessor == null) {
            throw new IllegalArgumentException("no part " + name);
        }
        try {
            return read(accessor, view);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a view's accessor fails", e);
        }
    }

    static String called(Object object) {
        if (object instanceof String) {
            return "a text";
        }
        if (object instanceof Number) {
            return "a number";
        }
        if (object instanceof Boolean) {
            return "a yes or no";
        }
        if (object instanceof Collection<?>) {
            return "a list";
        }
        return object instanceof Tool ? "a tool" : object instanceof Record ? "a group of values" : "a value";
    }

    private interface Read<T> {
        @Nullable
        Object of(T target) throws InvocationTargetException;
    }

    /**
     * A method that templates may call.
     *
     * @param argument the type of its one argument; absent when it takes none
     */
    private record Call(@Nullable Class<?> argument, BiFunction<Object, @Nullable Object, @Nullable Object> body) {
        static Call none(Function<Object, Object> body) {
            return new Call(null, (target, nothing) -> body.apply(target));
        }

        static <A> Call one(Class<A> argument, BiFunction<Object, A, @Nullable Object> body) {
            return new Call(argument, (target, given) -> body.apply(target, argument.cast(given)));
        }

        boolean takes(Object[] arguments) {
            return argument == null
                    ? arguments.length == 0
                    : arguments.length == 1 && argument.isInstance(arguments[0]);
        }

        String mend() {
            return argument == null
                    ? "leave the brackets empty"
                    : "give it one " + (argument == Integer.class ? "number" : "text");
        }
    }

    private record Property(String name, Read<Object> read) implements VelPropertyGet {
        @Override
        public @Nullable Object invoke(Object object) throws InvocationTargetException {
            return read.of(object);
        }

        @Override
        public boolean isCacheable() {
            // Velocity remembers by class, and two maps of one class have different keys.
            return false;
        }

        @Override
        public String getMethodName() {
            return name;
        }
    }

    private record Called(String name, Body body) implements VelMethod {
        interface Body {
            @Nullable
            Object call(Object target, Object[] arguments);
        }

        @Override
        public @Nullable Object invoke(Object object, Object[] arguments) {
            return body.call(object, arguments);
        }

        @Override
        public boolean isCacheable() {
            return false;
        }

        @Override
        public String getMethodName() {
            return name;
        }

        @Override
        public Class<?> getReturnType() {
            return Object.class;
        }

        @Override
        public Method getMethod() {
            throw new UnsupportedOperationException("there is no reflection in the sandbox");
        }
    }
}
