package io.penstock.exporter.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record as a visitor heard it; raw JSON is wrapped, so that it is told from a text. */
public record Row(long time, Map<String, @Nullable Object> values) {

    /** What came through {@link RecordVisitor#jsonValue}. */
    public record Json(String text) {}
}
