package io.penstock.cluster.assignment;

import io.penstock.cluster.Version;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people want of the cluster, as text under keys; what the keys mean, whoever reads them
 * knows. Travels within every table, and is kept by voters beside it.
 *
 * <p>Bounds: {@value #MAX_ENTRIES} entries, {@value #MAX_KEY_BYTES} bytes a key, {@value
 * #MAX_VALUE_BYTES} bytes a value, {@value #MAX_BYTES} bytes in all, so that the whole goes into
 * one message.
 *
 * <p>Threading: immutable.
 *
 * @param since version of the table in which they became what they are
 * @param entries what is wanted, by key
 */
public record Orders(Version since, SortedMap<String, String> entries) {

    /** Most entries. */
    public static final int MAX_ENTRIES = 10_000;

    /** Longest key, in bytes of UTF-8. */
    public static final int MAX_KEY_BYTES = 512;

    /** Longest value, in bytes of UTF-8. */
    public static final int MAX_VALUE_BYTES = 64 * 1024;

    /** Most bytes of all keys and values, 6 more for each entry. */
    public static final int MAX_BYTES = 1_000_000;

    private static final int ENTRY_BYTES = 6;

    /** Nobody ever wanted anything. */
    public static final Orders NONE = new Orders(Version.NONE, Collections.emptySortedMap());

    /**
     * Copies the entries.
     *
     * @throws IllegalArgumentException when they are beyond a bound
     */
    public Orders {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        String fault = fault(entries);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Which bound entries are beyond, in words; empty if none. */
    public static String fault(Map<String, String> entries) {
        if (entries.size() > MAX_ENTRIES) {
            return "%d orders, the limit is %d".formatted(entries.size(), MAX_ENTRIES);
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        long bytes = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String key = entry.getKey();
            int keyBytes = key.getBytes(StandardCharsets.UTF_8).length;
            int valueBytes = entry.getValue().getBytes(StandardCharsets.UTF_8).length;
            bytes += keyBytes + valueBytes + ENTRY_BYTES;
            if (key.isEmpty() || keyBytes > MAX_KEY_BYTES) {
                return "a key of %d bytes, 1 to %d are possible".formatted(keyBytes, MAX_KEY_BYTES);
            }
            if (valueBytes > MAX_VALUE_BYTES) {
                return "%s: %d bytes, the limit is %d".formatted(key, valueBytes, MAX_VALUE_BYTES);
            }
            if (!encoder.canEncode(key) || !encoder.canEncode(entry.getValue())) {
                return "an order that is no Unicode text";
            }
        }
        return bytes <= MAX_BYTES
                ? ""
                : "orders of %d bytes together, the limit is %d".formatted(bytes, MAX_BYTES);
    }

    /** A table of their version that has nothing else: the form in which they are kept alone. */
    public AssignmentTable alone() {
        return new AssignmentTable(since, Collections.emptySortedMap(), this);
    }
}
