package dev.longtail.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A component of a record of hyper-parameters, checked to be one that {@link Settings} can handle. */
record SettingComponent(String name, Class<?> type, String meaning, Method accessor) {

    static List<SettingComponent> of(Class<? extends Record> type) {
        List<SettingComponent> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            String where = "component " + component.getName() + " of " + type.getName();
            // A group of settings explains itself by its members.
            if (setting == null && !component.getType().isRecord()) {
                throw new IllegalArgumentException(where + " lacks @Setting");
            }
            if (!component.getType().isRecord() && !SettingText.supports(component.getType())) {
                throw new IllegalArgumentException(where + " is a "
                        + component.getType().getName()
                        + ", a setting is an int, long, float, double, boolean, String, enum or record");
            }
            String meaning = setting == null ? "" : setting.value();
            components.add(
                    new SettingComponent(component.getName(), component.getType(), meaning, component.getAccessor()));
        }
        return components;
    }

    /** Calls the canonical constructor, values in the order of the components. */
    static <R extends Record> R construct(Class<R> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made: " + e.getMessage(), e);
        }
    }

    boolean isNested() {
        return type.isRecord();
    }

    Object value(Record record) {
        try {
            accessor.trySetAccessible();
            return Objects.requireNonNull(
                    accessor.invoke(record),
                    () -> name + " of " + record.getClass().getName() + " is null, a setting never is");
        } catch (InvocationTargetException e) {
            throw unchecked(e);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(record.getClass().getName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    // Constructors and accessors of records throw nothing checked (Java Language Specification 8.10.3 and 8.10.4).
    private static RuntimeException unchecked(InvocationTargetException e) {
        Throwable thrown = Objects.requireNonNull(e.getCause());
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
