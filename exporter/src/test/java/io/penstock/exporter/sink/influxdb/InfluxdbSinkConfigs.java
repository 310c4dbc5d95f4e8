package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.sink.body.Compression;
import java.util.List;

/** Configurations of the tests. */
final class InfluxdbSinkConfigs {

    private InfluxdbSinkConfigs() {}

    static InfluxdbSinkConfig of(String url, String database, List<String> tags) {
        return of(url, database, tags, true);
    }

    static InfluxdbSinkConfig of(
            String url, String database, List<String> tags, boolean textFields) {
        return new InfluxdbSinkConfig(
                url,
                database,
                "",
                "",
                "",
                "",
                "",
                "",
                "records",
                "",
                tags,
                List.of(),
                textFields,
                true,
                Compression.GZIP,
                10 << 20,
                20_000,
                32,
                "",
                "",
                "",
                false);
    }

    static InfluxdbSinkConfig version2(String url, String token) {
        return new InfluxdbSinkConfig(
                url,
                "",
                "",
                "my org",
                "b&b",
                token,
                "",
                "",
                "records",
                "",
                List.of("marker"),
                List.of("count"),
                true,
                false,
                Compression.NONE,
                10 << 20,
                20_000,
                32,
                "",
                "",
                "",
                false);
    }
}
