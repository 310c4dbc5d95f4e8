package io.penstock.exporter.sink.influxdb;

import java.util.List;

/**
 * Which part of a line a field of a record becomes.
 *
 * <p>Threading: immutable.
 *
 * @param measurement name of the measurement where a record does not tell
 * @param measurementField field that tells; empty for none
 * @param tags fields that become tags, in the order in which they are written
 * @param fields fields that become fields; empty for all others
 * @param textFields whether texts become fields
 * @param integerFields whether integers stay integers
 */
record LineMapping(
        String measurement,
        String measurementField,
        List<String> tags,
        List<String> fields,
        boolean textFields,
        boolean integerFields) {

    static LineMapping of(InfluxdbSinkConfig config) {
        return new LineMapping(
                config.measurement(),
                config.measurementField(),
                // sorted by key, which spares the server doing it
                config.tags().stream().sorted().toList(),
                config.fields(),
                config.textFields(),
                config.integerFields());
    }
}
