package io.penstock.exporter.sink.blackhole;

import io.penstock.model.Setting;

/**
 * Keys of the blackhole sink.
 *
 * @param decode whether the records are decoded
 */
public record BlackholeSinkConfig(
        @Setting(
                        value = "false",
                        doc =
                                "Visit every value of every record, as a sink that looks inside"
                                        + " would. Off: nothing is read at all.")
                boolean decode) {}
