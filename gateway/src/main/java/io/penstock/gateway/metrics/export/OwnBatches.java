package io.penstock.gateway.metrics.export;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.gateway.metrics.SampleListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes batches of the samples of one page. Samples whose labels have the same names and values
 * become one record:
 *
 * <pre>{@code
 * penstock_export_state{repo="a",export="b"} 0        node  repo  export  penstock_export_state  penstock_export_lag_records
 * penstock_export_lag_records{repo="a",export="b"} 7   n1    a     b       0.0                    7.0
 * }</pre>
 *
 * <p>Values are doubles, always: what receives them may give a field one type for good. Those that
 * are no finite number have no place in most formats and are left out. Records with labels of the
 * same names share batches.
 *
 * <p>Threading: confined to one thread.
 */
final class OwnBatches implements SampleListener {
    /** Field with the name of the node. */
    static final String NODE = "node";

    /** Size at which a batch is cut; with its last record it fits into the smallest segment. */
    static final int CUT_BYTES = 32 << 10;

    /** Most bytes of a round; a page of 1,000 repos and exports has a tenth of it. */
    static final int MAX_ROUND_BYTES = 4 << 20;

    private final String node;
    private final long timeUnixNano;

    /** By names of labels, by their values: what was sampled. */
    private final Map<List<String>, Map<List<String>, Map<String, Double>>> shapes =
            new LinkedHashMap<>();

    private final List<OwnBatch> batches = new ArrayList<>();
    private int bytes;
    private long leftOut;

    OwnBatches(String node, long timeUnixNano) {
        this.node = node;
        this.timeUnixNano = timeUnixNano;
    }

    @Override
    public void sample(String name, List<String> labels, List<String> values, double value) {
        if (Double.isFinite(value)) {
            shapes.computeIfAbsent(labels, names -> new LinkedHashMap<>())
                    .computeIfAbsent(values, row -> new LinkedHashMap<>())
                    .put(name, value);
        }
    }

    /** The round. */
    List<OwnBatch> build() {
        shapes.forEach(this::shape);
        return batches;
    }

    /** Records for which a round has no room. */
    long leftOut() {
        return leftOut;
    }

    private void shape(List<String> labels, Map<List<String>, Map<String, Double>> rows) {
        Set<String> metrics = new LinkedHashSet<>();
        rows.values().forEach(row -> metrics.addAll(row.keySet()));
        BatchBuilder batch = new BatchBuilder();
        batch.field(NODE, FieldType.STRING);
        labels.forEach(label -> batch.field(label, FieldType.STRING));
        Map<String, Integer> fields = new LinkedHashMap<>();
        metrics.forEach(metric -> fields.put(metric, batch.field(metric, FieldType.DOUBLE)));
        rows.forEach(
                (values, row) -> {
                    record(batch, values, row, fields);
                    if (batch.bytes() >= CUT_BYTES) {
                        cut(batch);
                    }
                });
        cut(batch);
    }

    private void record(
            BatchBuilder batch,
            List<String> values,
            Map<String, Double> row,
            Map<String, Integer> fields) {
        batch.startRecord(timeUnixNano);
        batch.stringValue(0, node);
        for (int i = 0; i < values.size(); i++) {
            batch.stringValue(1 + i, values.get(i));
        }
        fields.forEach(
                (metric, field) -> {
                    Double value = row.get(metric);
                    if (value != null) {
                        batch.doubleValue(field, value);
                    }
                });
        batch.endRecord();
    }

    private void cut(BatchBuilder batch) {
        if (batch.records() == 0) {
            return;
        }
        if (bytes + batch.bytes() > MAX_ROUND_BYTES) {
            leftOut += batch.records();
        } else {
            bytes += batch.bytes();
            batches.add(new OwnBatch(batch.build(), batch.records()));
        }
        batch.clear();
    }
}
