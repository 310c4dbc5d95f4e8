package io.penstock.gateway.http;

import io.penstock.exporter.record.Encoding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of bodies. */
final class MediaTypes {
    /** All of them, for those who sent another. */
    static final String ACCEPTED =
            "application/x-protobuf, application/protobuf, application/vnd.penstock.record-batch,"
                    + " application/x-ndjson, application/json, text/plain";

    private MediaTypes() {}

    /** The encoding that a Content-Type names, or null. Text must be UTF-8. */
    static @Nullable Encoding encoding(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        Encoding exact = ofName(contentType);
        if (exact != null) {
            return exact;
        }
        int end = contentType.indexOf(';');
        String name = end < 0 ? contentType : contentType.substring(0, end);
        String parameters = end < 0 ? "" : contentType.substring(end).toLowerCase(Locale.ROOT);
        if (!utf8(parameters)) {
            return null;
        }
        return ofName(name.strip().toLowerCase(Locale.ROOT));
    }

    private static @Nullable Encoding ofName(String name) {
        return switch (name) {
            case "application/x-protobuf",
                    "application/protobuf",
                    "application/vnd.penstock.record-batch" ->
                    Encoding.NATIVE;
            case "application/x-ndjson" -> Encoding.NDJSON;
            case "application/json" -> Encoding.JSON_ARRAY;
            case "text/plain" -> Encoding.TEXT;
            default -> null;
        };
    }

    private static boolean utf8(String parameters) {
        int at = parameters.indexOf("charset=");
        if (at < 0) {
            return true;
        }
        String charset = parameters.substring(at + "charset=".length()).replace("\"", "").strip();
        return charset.startsWith("utf-8") || charset.startsWith("us-ascii");
    }
}
