package io.penstock.gateway.accesslog;

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
    CLIENT(FieldType.STRING),
    /** Identity after RFC 1413; hardly ever there. */
    IDENT(FieldType.STRING),
    /** Name with which the client authenticated. */
    USER(FieldType.STRING),
    /** Time of the request as the log has it: {@code 17/May/2015:10:05:03 +0000}. */
    TIME_LOCAL(FieldType.STRING),
    /** Method of the request; null when the request line is not one of HTTP. */
    METHOD(FieldType.STRING),
    /** Target of the request up to its query; the whole request line when it is not one of HTTP. */
    PATH(FieldType.STRING),
    /** What stands behind the target's first question mark. */
    QUERY(FieldType.STRING),
    /** Protocol of the request: {@code HTTP/1.1}. */
    PROTOCOL(FieldType.STRING),
    /** Status of the answer. */
    STATUS(FieldType.INT64),
    /** Length of the answer's body in bytes. */
    BYTES(FieldType.INT64),
    /** The page that the client says it came from. */
    REFERER(FieldType.STRING),
    /** The program that the client says it is. */
    AGENT(FieldType.STRING);

    private final FieldType type;

    AccessLogField(FieldType type) {
        this.type = type;
    }

    /** Name of the field in batches. */
    public String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Announces all fields to an empty batch, so that a field's number is its {@link #ordinal}. */
    public static void announce(BatchBuilder batch) {
        batch.resetFields();
        for (AccessLogField field : values()) {
            batch.field(field.fieldName(), field.type);
        }
    }
}
