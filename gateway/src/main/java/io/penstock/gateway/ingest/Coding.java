package io.penstock.gateway.ingest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the bytes of a message are compressed. */
public enum Coding {
    /** Not at all. */
    IDENTITY,
    /** RFC 1952. */
    GZIP,
    /** RFC 8878. */
    ZSTD;

    /** All codings but identity, as they are named in headers. */
    public static final String ACCEPTED = "gzip, zstd";

    /**
     * The coding of a request, or null for one that is unknown here. Two lines are a list (RFC 9110
     * section 5.2), and so two codings, of which none is known.
     */
    public static @Nullable Coding ofBody(MultiMap headers) {
        String first = headers.get(HttpHeaders.CONTENT_ENCODING);
        boolean several = first != null && headers.getAll(HttpHeaders.CONTENT_ENCODING).size() > 1;
        return several ? null : of(first);
    }

    /** The coding of a header's value, or null for one that is unknown here. */
    public static @Nullable Coding of(@Nullable String header) {
        if (header == null) {
            return IDENTITY;
        }
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "identity" -> IDENTITY;
            case "gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> null;
        };
    }
}
