package io.penstock.client;

import com.google.protobuf.ByteString;
import io.penstock.proto.record.v1.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One data point: a time and named values.
 *
 * <pre>
 *   PushRecord.at(System.currentTimeMillis() * 1_000_000).with("path", "/").with("status", 200)
 * </pre>
 *
 * <p>Threading: confined to one thread until it is appended, and not changed after.
 */
public final class PushRecord {
    private final long timeUnixNano;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private PushRecord(long timeUnixNano) {
        this.timeUnixNano = timeUnixNano;
    }

    /** A record without values of a time in nanoseconds since 1970; 0 is the time of arrival. */
    public static PushRecord at(long timeUnixNano) {
        return new PushRecord(timeUnixNano);
    }

    /** Adds a text. A name is 1 to 255 bytes of UTF-8; a second value of a name replaces it. */
    public PushRecord with(String name, String value) {
        return with(name, Value.newBuilder().setStringValue(value));
    }

    /** Adds an integer. */
    public PushRecord with(String name, long value) {
        return with(name, Value.newBuilder().setIntValue(value));
    }

    /** Adds a floating-point number. */
    public PushRecord with(String name, double value) {
        return with(name, Value.newBuilder().setDoubleValue(value));
    }

    /** Adds a boolean. */
    public PushRecord with(String name, boolean value) {
        return with(name, Value.newBuilder().setBoolValue(value));
    }

    /** Adds opaque bytes, which are copied. */
    public PushRecord with(String name, byte[] value) {
        return with(name, Value.newBuilder().setBytesValue(ByteString.copyFrom(value)));
    }

    private PushRecord with(String name, Value.Builder value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a value has no name");
        }
        values.put(name, value.build());
        return this;
    }

    long timeUnixNano() {
        return timeUnixNano;
    }

    Map<String, Value> values() {
        return values;
    }
}
