package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectSinkConfigTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "directory",
                "ftp://host/x",
                "file:",
                "file://host/x",
                "a b",
                "s3:x",
                "s3://b/p"
            })
    void aWrongTargetIsNamed(String target) {
        assertThatThrownBy(() -> Configs.to(target).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("target: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target_bytes", "max_age_ms", "max_open_windows", "max_sealed_windows", "prefix",
                "compression", "marker", "marker_grace_ms", "max_staged_bytes", "min_free_bytes"
            })
    void aWrongValueNamesItsKey(String key) {
        Configs wrong = Configs.to("file:///x");
        switch (key) {
            case "target_bytes" -> wrong.targetBytes(0);
            case "max_age_ms" -> wrong.maxAgeMs(1);
            case "max_open_windows" -> wrong.maxOpenWindows(0);
            case "max_sealed_windows" -> wrong.maxSealedWindows(5000);
            case "prefix" -> wrong.prefix("/a");
            case "compression" -> wrong.format(ObjectFormat.CSV, ObjectCompression.SNAPPY);
            case "marker" -> wrong.marker("a/b", 0);
            case "marker_grace_ms" -> wrong.marker("m", -1);
            case "max_staged_bytes" -> wrong.maxStagedBytes(0);
            default -> wrong.minFreeBytes(-1);
        }
        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }
}
