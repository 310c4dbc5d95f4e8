package io.penstock.exporter.record;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a driver says to a visitor, in the form of {@link RandomRows}. */
public final class HeardRows {

    private HeardRows() {}

    /** The records of a driver, which is held to the contract of {@link RecordVisitor}. */
    public static List<RandomRows.Said> of(Consumer<RecordVisitor> driver) {
        RowCollector collector = new RowCollector();
        driver.accept(collector);
        return collector.rows.stream().map(HeardRows::said).toList();
    }

    private static RandomRows.Said said(Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.values().forEach((name, value) -> values.put(name, plain(value)));
        return new RandomRows.Said(row.time(), values);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Row.Json json) {
            return new RandomRows.Json(json.text());
        }
        return value instanceof ByteBuffer bytes ? bytes.slice() : value;
    }
}
