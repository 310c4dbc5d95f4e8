package io.penstock.exporter.transform;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of record.proto for field names. Threading: any thread. */
final class FieldNames {

    private static final int MAX_BYTES = 255;

    private FieldNames() {}

    /** What is wrong with a name, or an empty text. */
    static String fault(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return isGood(utf8, 0, utf8.length)
                ? ""
                : "'" + name + "' is no field name: 1 to " + MAX_BYTES + " bytes, no controls";
    }

    static boolean isGood(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7f) {
                return false;
            }
        }
        return length > 0 && length <= MAX_BYTES;
    }

    /** Refuses a list that holds what is no name. */
    static void check(String key, Iterable<String> names) {
        for (String name : names) {
            String fault = fault(name);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(key + ": " + fault);
            }
        }
    }

    static int[] pinAll(Slots slots, List<String> names) {
        return names.stream().mapToInt(slots::pin).toArray();
    }
}
