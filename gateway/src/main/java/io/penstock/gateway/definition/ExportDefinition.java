package io.penstock.gateway.definition;

import io.penstock.exporter.ring.Beginning;
import java.util.Collections;
import java.util.Map;

/**
 * What a person asked for about one export. Threading: immutable.
 *
 * @param key which export
 * @param entry the keys of an item of {@code exports}, with name and repo, as they were sent: with
 *     {@code ${...}}, and with secrets. Empty for an export of the configuration
 * @param beginning where it began
 * @param paused whether it is to deliver nothing
 */
public record ExportDefinition(
        ExportKey key, Map<String, Object> entry, Beginning beginning, boolean paused) {

    /** Keeps the entry as it is now. */
    public ExportDefinition {
        entry = Collections.unmodifiableMap(entry);
    }

    /** About an export of the configuration: whether it is paused. */
    static ExportDefinition pause(ExportKey key, boolean paused) {
        return new ExportDefinition(key, Map.of(), Beginning.FIRST_OLDEST, paused);
    }

    /** Whether it defines an export, instead of saying something about a configured one. */
    public boolean defines() {
        return !entry.isEmpty();
    }

    ExportDefinition paused(boolean now) {
        return new ExportDefinition(key, entry, beginning, now);
    }

    /** Without the entry, which may hold secrets. */
    @Override
    public String toString() {
        return "ExportDefinition[" + key + ", " + beginning + (paused ? ", paused]" : "]");
    }
}
