package io.penstock.exporter.transform;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.Row;
import io.penstock.exporter.record.RowCollector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Steps in one line each, and what they make of records. */
public final class Steps {

    /** Arrival of all records here, in milliseconds since the epoch. */
    public static final long ARRIVED_MS = 1_700_000_000_000L;

    private static final RedactRule NO_REDACT = new RedactRule(List.of(), "***", "");
    private static final HashRule NO_HASH =
            new HashRule(List.of(), HashRule.Algorithm.HMAC_SHA256, "", 32);
    private static final SampleRule NO_SAMPLE = new SampleRule(0, "");
    private static final ParseRule NO_PARSE =
            new ParseRule(ParseRule.Format.NONE, "message", "", OnError.KEEP);

    private Steps() {}

    private static TransformStep fields(
            String filter, List<String> keep, List<String> drop, Map<String, String> rename) {
        return new TransformStep(
                filter, keep, drop, rename, NO_REDACT, NO_HASH, Map.of(), NO_SAMPLE, NO_PARSE);
    }

    public static TransformStep filter(String expression) {
        return fields(expression, List.of(), List.of(), Map.of());
    }

    public static TransformStep keep(String... names) {
        return fields("", List.of(names), List.of(), Map.of());
    }

    public static TransformStep drop(String... names) {
        return fields("", List.of(), List.of(names), Map.of());
    }

    public static TransformStep rename(Map<String, String> names) {
        return fields("", List.of(), List.of(), names);
    }

    public static TransformStep redact(String pattern, String mask, String... names) {
        return new TransformStep(
                "",
                List.of(),
                List.of(),
                Map.of(),
                new RedactRule(List.of(names), mask, pattern),
                NO_HASH,
                Map.of(),
                NO_SAMPLE,
                NO_PARSE);
    }

    public static TransformStep hash(
            HashRule.Algorithm algorithm, String key, int length, String... names) {
        return new TransformStep(
                "",
                List.of(),
                List.of(),
                Map.of(),
                NO_REDACT,
                new HashRule(List.of(names), algorithm, key, length),
                Map.of(),
                NO_SAMPLE,
                NO_PARSE);
    }

    public static TransformStep add(Map<String, Object> constants) {
        return new TransformStep(
                "", List.of(), List.of(), Map.of(), NO_REDACT, NO_HASH, constants, NO_SAMPLE,
                NO_PARSE);
    }

    public static TransformStep sample(double fraction, String by) {
        return new TransformStep(
                "",
                List.of(),
                List.of(),
                Map.of(),
                NO_REDACT,
                NO_HASH,
                Map.of(),
                new SampleRule(fraction, by),
                NO_PARSE);
    }

    public static TransformStep parse(
            ParseRule.Format format, String field, String pattern, OnError onError) {
        return new TransformStep(
                "",
                List.of(),
                List.of(),
                Map.of(),
                NO_REDACT,
                NO_HASH,
                Map.of(),
                NO_SAMPLE,
                new ParseRule(format, field, pattern, onError));
    }

    /** What passes of lines of JSON. */
    public static List<Row> run(List<TransformStep> steps, String... json) {
        return run(Transforms.compile(steps), Encoding.NDJSON, String.join("\n", json));
    }

    /** What passes of a text. */
    static List<Row> run(Transforms transforms, Encoding encoding, String text) {
        return run(transforms, encoding, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What passes of a batch; the verdicts must say the same. */
    static List<Row> run(Transforms transforms, Encoding encoding, byte[] body) {
        RecordReader reader = new RecordReader().wrap(encoding, body, 0, body.length, ARRIVED_MS);
        RowCollector rows = new RowCollector();
        reader.read(transforms.into(rows));
        Verdicts verdicts = new Verdicts();
        reader.read(transforms.judge(verdicts));
        if (verdicts.passing() != rows.rows.size()) {
            throw new AssertionError(
                    "judged that " + verdicts.passing() + " pass, " + rows.rows.size() + " did");
        }
        return List.copyOf(rows.rows);
    }
}
