package io.penstock.exporter.sink.body;

import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.TextTemplate;
import io.penstock.exporter.record.TextTemplateWriter;

/** The forms in which records leave the gateway. */
public enum BodyFormat {
    /** One JSON object per line. */
    NDJSON(".ndjson", "application/x-ndjson"),
    /** One JSON array of objects per delivery. */
    JSON_ARRAY(".json", "application/json"),
    /** One line per record, after a template. */
    TEXT(".txt", "text/plain; charset=utf-8"),
    /**
     * A frame per staged batch: its length as a varint, then a {@code
     * penstock.record.v1.RecordBatch}, which is what every protobuf library reads as delimited
     * messages. Batches that clients sent as RecordBatch pass untouched; others are written as one.
     * Records that stated no time state none here either.
     */
    PROTOBUF(
            ".pb",
            "application/x-protobuf; messageType=penstock.record.v1.RecordBatch; delimited=true");

    /** What stands in a line of text for a value that a record does not have. */
    private static final String MISSING = "-";

    private final String suffix;
    private final String contentType;

    BodyFormat(String suffix, String contentType) {
        this.suffix = suffix;
        this.contentType = contentType;
    }

    /** What a file name ends with, dot included. */
    public String suffix() {
        return suffix;
    }

    /** Value of the {@code Content-Type} header. */
    public String contentType() {
        return contentType;
    }

    /**
     * A new writer.
     *
     * @param template what {@link #TEXT} writes; not looked at by the others
     * @throws IllegalArgumentException for a template that cannot be read, with the key first
     */
    public BodyWriter writer(String template) {
        return switch (this) {
            case NDJSON -> new VisitorBody<>(NdjsonWriter::new);
            case JSON_ARRAY -> new JsonArrayBody();
            case TEXT -> text(new TextTemplate(template));
            case PROTOBUF -> new ProtobufBody();
        };
    }

    private static BodyWriter text(TextTemplate template) {
        return new VisitorBody<>(buffer -> new TextTemplateWriter(buffer, template, MISSING));
    }
}
