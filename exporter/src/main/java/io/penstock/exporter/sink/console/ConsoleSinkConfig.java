package io.penstock.exporter.sink.console;

import io.penstock.model.Setting;

/**
 * Keys of the console sink.
 *
 * @param maxRecordsPerSecond lines shown in a second, 0 for all
 */
public record ConsoleSinkConfig(
        @Setting(
                        value = "100",
                        doc =
                                "Lines shown in a second; more are left out and counted in a line"
                                        + " of their own. 0 shows all. 100 is what a person can"
                                        + " still follow.")
                int maxRecordsPerSecond) {

    /** Checks the rate. */
    public ConsoleSinkConfig {
        if (maxRecordsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "max_records_per_second: must not be negative, is " + maxRecordsPerSecond);
        }
    }
}
