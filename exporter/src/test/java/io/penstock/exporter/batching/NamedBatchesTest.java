package io.penstock.exporter.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedBatchesTest {
    private final NamedBatches batches = new NamedBatches(new NamedBatches.Limits(1000, 4000, 8));

    private boolean record(long time, String... names) {
        if (!batches.begin(time, names.length)) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
            batches.integer(name, 0, name.length, i);
        }
        return batches.end();
    }

    private String finish() {
        StringBuilder text = new StringBuilder();
        batches.finish().forEach(one -> text.append(new String(one, StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Test
    void valuesOfOneNameAreBothKeptAndTheTimeIsTheFirst() {
        assertThat(record(7, "a", "a", "b", "time", "a")).isTrue();
        assertThat(record(0, "b", "a_1", "time")).isTrue();
        assertThat(batches.records()).isEqualTo(2);
        assertThat(finish())
                .isEqualTo(
                        "{\"time\":\"1970-01-01T00:00:00.000000007Z\",\"a\":0,\"a_1\":1,\"b\":2,"
                                + "\"time_1\":3,\"a_2\":4}\n"
                                + "{\"b\":0,\"a_1\":1,\"time_1\":2}\n");
    }

    @Test
    void numbersThatJsonHasNoneForAreTold() {
        byte[] name = {'x'};
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0, 2}) {
            assertThat(batches.begin(0, 1)).isTrue();
            batches.real(name, 0, 1, value);
            assertThat(batches.end()).isTrue();
        }
        assertThat(finish())
                .isEqualTo("{\"x\":null}\n{\"x\":1e999}\n{\"x\":-1e999}\n{\"x\":2.0}\n");
    }

    @Test
    void aBatchIsClosedWhenItIsFullAndAllTogetherAreBounded() {
        int taken = 0;
        while (record(1, "name" + taken)) {
            taken++;
        }
        assertThat(batches.full()).isTrue();
        assertThat(batches.records()).isEqualTo(taken);
        List<byte[]> made = batches.finish();
        assertThat(made).allMatch(batch -> batch.length <= 4000);
        assertThat(made.stream().mapToInt(batch -> batch.length).sum()).isBetween(8000, 9000);
        assertThat(made.stream().mapToLong(NamedBatchesTest::lines).sum()).isEqualTo(taken);
        assertThat(record(1, "again")).isTrue();
    }

    private static long lines(byte[] batch) {
        return new String(batch, StandardCharsets.UTF_8).lines().count();
    }

    @Test
    void aRecordOverTheLimitIsForgotten() {
        assertThat(record(1, "x".repeat(200), "y".repeat(200))).isTrue();
        String[] many = new String[10];
        Arrays.fill(many, "z".repeat(200));
        assertThat(record(1, many)).isFalse();
        assertThat(batches.begin(1, NamedBatches.MAX_VALUES + 1)).isFalse();
        assertThat(batches.full()).isFalse();
        assertThat(finish().lines()).hasSize(1);
    }

    @Test
    void namesAreForgottenBeforeTheyAreTooManyAndRecordsAreNot() {
        NamedBatches wide = new NamedBatches(new NamedBatches.Limits(1000, 1 << 20, 8));
        for (int i = 0; i < 10_000; i++) {
            byte[] name = ("n" + i).getBytes(StandardCharsets.UTF_8);
            assertThat(wide.begin(0, 1)).isTrue();
            wide.bool(name, 0, name.length, true);
            assertThat(wide.end()).isTrue();
        }
        String text = new String(wide.finish().get(0), StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(10_000).endsWith("{\"n9999\":true}");
    }
}
