package io.penstock.client;

/** How the records of a batch are written, by the media type that says so. */
public enum Form {
    /** {@code penstock.record.v1.RecordBatch}. */
    NATIVE("application/x-protobuf"),
    /** A JSON object per line. */
    NDJSON("application/x-ndjson"),
    /** One JSON array of objects. */
    JSON_ARRAY("application/json"),
    /** Lines of UTF-8, each a record. */
    TEXT("text/plain; charset=utf-8");

    private final String mediaType;

    Form(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }
}
