package io.penstock.exporter.record;

import io.penstock.exporter.text.RandomText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random records in batches, each batch with fields of its own, and values of any kind in any
 * field: what every writer must be able to take.
 */
public final class RandomRows {

    /** JSON text, to be told from a string. */
    public record Json(String text) {}

    /** A record: Long, Double, Boolean, String, {@link Json}, ByteBuffer or null by field. */
    public record Said(long timeUnixNano, Map<String, @Nullable Object> values) {}

    private final SplittableRandom random;
    private final List<String> pool;
    private final int kindsPerField;
    private final List<List<String>> batchFields = new ArrayList<>();
    private final List<List<Said>> batches = new ArrayList<>();
    private long timeFrom = 1_700_000_000_000_000_000L;
    private long timeSpan = 86_400_000_000_000L;

    /**
     * Rows whose fields come from a pool.
     *
     * @param kindsPerField how many kinds of values a field may have, 1 to 6
     */
    public RandomRows(SplittableRandom random, List<String> pool, int kindsPerField) {
        this.random = random;
        this.pool = pool;
        this.kindsPerField = kindsPerField;
    }

    /** Times of the rows made from now on lie in {@code [from, from + span)}. */
    public RandomRows between(long fromUnixNano, long spanNanos) {
        timeFrom = fromUnixNano;
        timeSpan = spanNanos;
        return this;
    }

    /** Adds a batch. */
    public RandomRows batch(int rows) {
        List<String> fields = new ArrayList<>();
        for (String name : pool) {
            if (random.nextInt(3) > 0) {
                fields.add(name);
            }
        }
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            said.add(row(fields));
        }
        batchFields.add(fields);
        batches.add(said);
        return this;
    }

    private Said row(List<String> fields) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String field : fields) {
            int draw = random.nextInt(10);
            if (draw > 1) {
                values.put(field, value(Math.floorMod(field.hashCode(), 6)));
            } else if (draw == 1) {
                values.put(field, null);
            }
        }
        return new Said(timeFrom + random.nextLong(timeSpan), values);
    }

    private Object value(int firstKind) {
        return switch ((firstKind + random.nextInt(kindsPerField)) % 6) {
            case 0 -> random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(50);
            case 1 -> random.nextInt(4) == 0 ? special() : random.nextDouble() * 1e6;
            case 2 -> random.nextBoolean();
            case 3 -> random.nextBoolean() ? RandomText.next(random, 40) : "same";
            case 4 -> new Json("{\"n\":[" + random.nextInt(1000) + ",null]}");
            default -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
        };
    }

    private double special() {
        double[] all = {0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -1.5};
        return all[random.nextInt(all.length)];
    }

    /** All rows, in order. */
    public List<Said> rows() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /** Whether a batch has a field of that name, with values or without. */
    public boolean announces(String name) {
        return batchFields.stream().anyMatch(fields -> fields.contains(name));
    }

    /** Drives a visitor through all batches. */
    public void say(RecordVisitor visitor) {
        for (int i = 0; i < batches.size(); i++) {
            say(batchFields.get(i), batches.get(i), visitor);
        }
    }

    private static void say(List<String> fields, List<Said> rows, RecordVisitor visitor) {
        visitor.resetFields();
        for (int i = 0; i < fields.size(); i++) {
            byte[] name = fields.get(i).getBytes(StandardCharsets.UTF_8);
            visitor.field(i, name, 0, name.length);
        }
        for (Said row : rows) {
            visitor.startRecord(row.timeUnixNano());
            row.values().forEach((name, value) -> say(fields.indexOf(name), value, visitor));
            visitor.endRecord();
        }
    }

    private static void say(int field, @Nullable Object value, RecordVisitor visitor) {
        if (value == null) {
            visitor.nullValue(field);
        } else if (value instanceof Long number) {
            visitor.intValue(field, number);
        } else if (value instanceof Double number) {
            visitor.doubleValue(field, number);
        } else if (value instanceof Boolean truth) {
            visitor.boolValue(field, truth);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            visitor.stringValue(field, utf8, 0, utf8.length);
        } else if (value instanceof Json json) {
            byte[] utf8 = json.text().getBytes(StandardCharsets.UTF_8);
            visitor.jsonValue(field, utf8, 0, utf8.length);
        } else {
            byte[] bytes = ((ByteBuffer) value).array();
            visitor.bytesValue(field, bytes, 0, bytes.length);
        }
    }
}
