package io.penstock.exporter.accesslog;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import java.util.Locale;

/**
 * The fields of an access-log record, in their order. Every record has all of them; what the line
 * has as {@code -}, or its format does not have, is null. Texts stand as in the log: the escapes of
 * the server (<code>\"</code>, <code>\xhh</code>) are kept. The record's own time is that of {@link
 * #TIME_LOCAL}.
 */
public enum AccessLogField {
    /** Address or name of the client. */
    CLIENT(0, FieldType.STRING),
    /** Identity after RFC 1413; hardly ever there. */
    IDENT(1, FieldType.STRING),
    /** Name with which the client authenticated. */
    USER(2, FieldType.STRING),
    /** Time of the request as the log has it: {@code 17/May/2015:10:05:03 +0000}. */
    TIME_LOCAL(3, FieldType.STRING),
    /** Method of the request; null when the request line is not one of HTTP. */
    METHOD(4, FieldType.STRING),
    /** Target of the request up to its query; the whole request line when it is not one of HTTP. */
    PATH(5, FieldType.STRING),
    /** What stands behind the target's first question mark. */
    QUERY(6, FieldType.STRING),
    /** Protocol of the request: {@code HTTP/1.1}. */
    PROTOCOL(7, FieldType.STRING),
    /** Status of the answer. */
    STATUS(8, FieldType.INT64),
    /** Length of the answer's body in bytes. */
    BYTES(9, FieldType.INT64),
    /** The page that the client says it came from. */
    REFERER(10, FieldType.STRING),
    /** The program that the client says it is. */
    AGENT(11, FieldType.STRING);

    private final int number;
    private final FieldType type;

    AccessLogField(int number, FieldType type) {
        this.number = number;
        this.type = type;
    }

    /** Name of the field in batches. */
    public String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Number of the field in batches, from 0. */
    public int number() {
        return number;
    }

    /** Announces all fields to an empty batch, in their order. */
    public static void announce(BatchBuilder batch) {
        batch.resetFields();
        for (AccessLogField field : values()) {
            batch.field(field.fieldName(), field.type);
        }
    }
}
