package io.penstock.exporter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.BatchBuilder.FieldType;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.Row;
import io.penstock.exporter.text.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random lists of steps over random batches, against maps of objects. */
class TransformModelTest {

    private static final int CHAINS = 1500;
    private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private final SplittableRandom random = Seed.random("TransformModelTest");

    /** A step, and the same over a map; false drops the record. */
    private record Modelled(TransformStep step, Predicate<Map<String, @Nullable Object>> model) {}

    @Test
    void stepsDoWhatTheyWouldDoToMaps() {
        for (int i = 0; i < CHAINS; i++) {
            List<Modelled> chain = new ArrayList<>();
            for (int s = random.nextInt(1, 7); s > 0; s--) {
                chain.add(step());
            }
            List<TransformStep> steps = chain.stream().map(Modelled::step).toList();
            Transforms transforms = Transforms.compile(steps);
            for (int batch = 0; batch < 3; batch++) {
                List<Row> records = records();
                assertThat(Steps.run(transforms, Encoding.NATIVE, encode(records)))
                        .as("%s over %s", steps, records)
                        .isEqualTo(expected(chain, records));
            }
        }
    }

    private static List<Row> expected(List<Modelled> chain, List<Row> records) {
        List<Row> passing = new ArrayList<>();
        for (Row record : records) {
            Map<String, @Nullable Object> values = new HashMap<>(record.values());
            if (chain.stream().allMatch(step -> step.model().test(values))) {
                passing.add(new Row(record.time(), values));
            }
        }
        return passing;
    }

    private Modelled step() {
        return switch (random.nextInt(6)) {
            case 0 -> keeping();
            case 1 -> dropping();
            case 2, 3 -> renaming();
            case 4 -> adding();
            default -> filtering();
        };
    }

    private Modelled keeping() {
        List<String> names = some(6);
        return new Modelled(
                Steps.keep(names.toArray(String[]::new)),
                values -> {
                    values.keySet().retainAll(names);
                    return true;
                });
    }

    private Modelled dropping() {
        List<String> names = some(2);
        return new Modelled(
                Steps.drop(names.toArray(String[]::new)),
                values -> {
                    values.keySet().removeAll(names);
                    return true;
                });
    }

    private Modelled renaming() {
        List<String> names = some(4);
        Map<String, String> renamed = new LinkedHashMap<>();
        for (int i = 0; i + 1 < names.size(); i += 2) {
            renamed.put(names.get(i), names.get(i + 1));
        }
        if (renamed.isEmpty()) {
            return adding();
        }
        return new Modelled(
                Steps.rename(renamed),
                values -> {
                    renamed.forEach(
                            (old, fresh) -> {
                                if (values.containsKey(old)) {
                                    values.put(fresh, values.remove(old));
                                }
                            });
                    return true;
                });
    }

    private Modelled adding() {
        String name = one();
        Object value = random.nextBoolean() ? "constant" : (Object) 7L;
        return new Modelled(
                Steps.add(Map.of(name, value)),
                values -> {
                    values.put(name, value);
                    return true;
                });
    }

    private Modelled filtering() {
        String name = one();
        return random.nextBoolean()
                ? new Modelled(Steps.filter("exists " + name), values -> values.get(name) != null)
                : new Modelled(
                        Steps.filter(name + " != 7"),
                        values -> !(values.get(name) instanceof Number n && n.doubleValue() == 7));
    }

    private List<Row> records() {
        List<Row> records = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (String field : FIELDS.subList(0, random.nextInt(1, 6))) {
                values.put(
                        field,
                        switch (random.nextInt(6)) {
                            case 0 -> null;
                            case 1 -> 7L;
                            case 2 -> random.nextLong();
                            case 3 -> random.nextInt(100) / 8.0;
                            case 4 -> random.nextBoolean();
                            default -> "text ä " + random.nextInt(100);
                        });
            }
            records.add(new Row(random.nextLong(1, 1L << 60), values));
        }
        return records;
    }

    private static byte[] encode(List<Row> records) {
        BatchBuilder batch = new BatchBuilder();
        FIELDS.forEach(field -> batch.field(field, FieldType.UNSPECIFIED));
        for (Row record : records) {
            batch.startRecord(record.time());
            record.values().forEach((name, value) -> say(batch, FIELDS.indexOf(name), value));
            batch.endRecord();
        }
        return batch.build();
    }

    private static void say(BatchBuilder batch, int field, @Nullable Object value) {
        if (value instanceof Long number) {
            batch.intValue(field, number);
        } else if (value instanceof Double number) {
            batch.doubleValue(field, number);
        } else if (value instanceof Boolean bool) {
            batch.boolValue(field, bool);
        } else if (value instanceof String text) {
            batch.stringValue(field, text);
        } else {
            batch.nullValue(field);
        }
    }

    /** Up to {@code most} different names, one at least. */
    private List<String> some(int most) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(1, most + 1); i > 0; i--) {
            String name = one();
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private String one() {
        return FIELDS.get(random.nextInt(FIELDS.size()));
    }
}
