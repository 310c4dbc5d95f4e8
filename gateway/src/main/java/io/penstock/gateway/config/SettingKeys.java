package io.penstock.gateway.config;

import io.penstock.model.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How components of configuration records are called in YAML. */
final class SettingKeys {
    private SettingKeys() {}

    /** {@code maxBatchBytes} is {@code max_batch_bytes}. */
    static String of(RecordComponent component) {
        StringBuilder key = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                key.append('_');
            }
            key.append(c);
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    static List<String> ofRecord(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(SettingKeys::of).toList();
    }

    /** What the record says about a component; a record without it is a defect. */
    static Setting setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord().getName()
                            + "."
                            + component.getName()
                            + " has no @Setting");
        }
        return setting;
    }

    /** Whether the component is a section of its own, whose keys have their own defaults. */
    static boolean isSection(RecordComponent component) {
        RecordComponent[] keys = component.getType().getRecordComponents();
        return keys != null && keys.length > 0 && keys[0].isAnnotationPresent(Setting.class);
    }

    /** The record of which the component is a list, if its keys are stated; else null. */
    static @Nullable Class<?> itemOf(RecordComponent component) {
        if (!(component.getGenericType() instanceof ParameterizedType list)
                || list.getRawType() != List.class
                || !(list.getActualTypeArguments()[0] instanceof Class<?> item)) {
            return null;
        }
        RecordComponent[] keys = item.getRecordComponents();
        boolean stated =
                keys != null && keys.length > 0 && keys[0].isAnnotationPresent(Setting.class);
        return stated ? item : null;
    }
}
