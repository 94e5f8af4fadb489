// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Records as dictionaries {@code a{sv}} and back: one entry for each component, by its name; null is no entry.
 *
 * <table>
 * <caption>Types of the components</caption>
 * <tr><td>{@code boolean}, {@code int}, {@code long}, {@code String}</td><td>{@code b}, {@code i}, {@code x},
 *     {@code s}</td></tr>
 * <tr><td>enum</td><td>{@code s}, its name</td></tr>
 * <tr><td>a type with a text of its own, such as {@code SizeLimit}; see {@link TextTypes}</td><td>{@code s}</td></tr>
 * <tr><td>record</td><td>{@code a{sv}}; one of a sealed interface has an entry {@code kind} with its short name</td></tr>
 * <tr><td>collection of those</td><td>{@code as} or {@code av}</td></tr>
 * </table>
 *
 * <p>Reading is strict: an unknown entry, a wrong type and a missing entry are refused, and every record checks its
 * values itself. Only the types that a record names are ever made, so that a stranger's message chooses no class.
 */
public final class RecordCodec {
    private static final String KIND = "kind";

    private RecordCodec() {}

    /** A dictionary that is not a record of the wanted type. */
    public static final class MismatchException extends Exception {
        MismatchException(String message) {
            super(message);
        }
    }

    public static Map<String, Variant<?>> encode(Record value) {
        Map<String, Variant<?>> entries = new TreeMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = valueOf(component, value);
            if (part != null) {
                entries.put(
                        component.getName(),
                        variant(part, component.getType(), itemType(component.getAnnotatedType())));
            }
        }
        return entries;
    }

    /** @param item the declared type of the items of a collection; null for what is none */
    private static Variant<?> variant(Object part, Class<?> declared, @Nullable Class<?> item) {
        if (part instanceof Boolean || part instanceof Long || part instanceof Integer || part instanceof String) {
            return new Variant<>(part);
        }
        if (part instanceof Enum<?> constant) {
            return new Variant<>(constant.name());
        }
        if (TextTypes.isText(declared)) {
            return new Variant<>(TextTypes.text(part));
        }
        if (part instanceof Record record) {
            Map<String, Variant<?>> entries = encode(record);
            if (declared.isSealed()) {
                entries.put(KIND, new Variant<>(part.getClass().getSimpleName()));
            }
            return new Variant<>(entries, "a{sv}");
        }
        if (part instanceof Collection<?> items) {
            List<Variant<?>> variants = new ArrayList<>();
            for (Object each : items) {
                variants.add(variant(each, item == null ? each.getClass() : item, null));
            }
            return new Variant<>(variants, "av");
        }
        throw new IllegalArgumentException("no place on the wire for " + part.getClass());
    }

    private static @Nullable Object valueOf(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("a record whose " + component + " cannot be read", e);
        }
    }

    /**
     * Reads a dictionary as the D-Bus library gives it.
     *
     * @throws MismatchException when it is no {@code type}
     * @throws io.github.cramdisk.api.CramdiskException what the record says about its values
     */
    public static <T extends Record> T decode(Class<T> type, Map<?, ?> entries) throws MismatchException {
        Map<Object, Object> rest = new HashMap<>(entries);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(components[i], rest.remove(components[i].getName()));
        }
        if (!rest.isEmpty()) {
            throw new MismatchException(
                    "there is no \"" + rest.keySet().iterator().next() + "\" in " + type.getSimpleName());
        }
        return make(type, components, values);
    }

    private static @Nullable Object component(RecordComponent component, @Nullable Object entry)
            throws MismatchException {
        String name = component.getName();
        if (entry == null) {
            if (component.getType() == boolean.class) {
                return false;
            }
            if (isNullable(component.getAnnotatedType())) {
                return null;
            }
            throw new MismatchException("\"" + name + "\" is missing");
        }
        return value(name, component.getType(), component.getAnnotatedType(), unwrapped(entry));
    }

    private static Object value(String name, Class<?> type, AnnotatedType annotated, Object given)
            throws MismatchException {
        if (type == boolean.class || type == Boolean.class) {
            return expect(name, Boolean.class, given);
        }
        if (type == int.class || type == Integer.class) {
            return expect(name, Integer.class, given);
        }
        if (type == long.class || type == Long.class) {
            return expect(name, Long.class, given);
        }
        if (type == String.class) {
            return expect(name, String.class, given);
        }
        if (type.isEnum()) {
            String constant = expect(name, String.class, given);
            for (Object candidate : type.getEnumConstants()) {
                if (((Enum<?>) candidate).name().equals(constant)) {
                    return candidate;
                }
            }
            throw new MismatchException("\"" + name + "\" has a value that is not known");
        }
        if (TextTypes.isText(type)) {
            String text = expect(name, String.class, given);
            try {
                return TextTypes.parse(type, text);
            } catch (IllegalArgumentException e) {
                throw new MismatchException("\"" + name + "\" has a value that cannot be read");
            }
        }
        if (type.isRecord()) {
            return decode(type.asSubclass(Record.class), expect(name, Map.class, given));
        }
        if (type.isSealed()) {
            return variantOf(name, type, expect(name, Map.class, given));
        }
        Class<?> itemType = itemType(annotated);
        if (Collection.class.isAssignableFrom(type) && itemType != null) {
            List<Object> items = new ArrayList<>();
            for (Object item : expect(name, List.class, given)) {
                items.add(value(name, itemType, annotated, unwrapped(item)));
            }
            return Set.class.isAssignableFrom(type) ? new java.util.TreeSet<>(items) : List.copyOf(items);
        }
        throw new MismatchException("\"" + name + "\" cannot be sent");
    }

    private static @Nullable Class<?> itemType(AnnotatedType collection) {
        return collection.getType() instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[0] instanceof Class<?> item
                ? item
                : null;
    }

    /** One of the records that a sealed interface permits. */
    private static Object variantOf(String name, Class<?> type, Map<?, ?> entries) throws MismatchException {
        Map<Object, Object> rest = new HashMap<>(entries);
        Object kind = rest.remove(KIND);
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (kind != null
                    && permitted.isRecord()
                    && permitted.getSimpleName().equals(unwrapped(kind))) {
                return decode(permitted.asSubclass(Record.class), rest);
            }
        }
        throw new MismatchException("\"" + name + "\" is of no known kind");
    }

    private static Object unwrapped(Object entry) {
        return entry instanceof Variant<?> variant ? variant.getValue() : entry;
    }

    private static <T> T expect(String name, Class<T> type, Object given) throws MismatchException {
        if (!type.isInstance(given)) {
            throw new MismatchException("\"" + name + "\" has the wrong type");
        }
        return type.cast(given);
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static <T extends Record> T make(Class<T> type, RecordComponent[] components, @Nullable Object[] values)
            throws MismatchException {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalArgumentException("a record that cannot be made: " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("a record that cannot be made: " + type, e);
        }
    }
}
