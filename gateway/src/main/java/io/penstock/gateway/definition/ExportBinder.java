package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.BoundSink;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.gateway.config.ConfigException;
import java.util.Map;

/** Makes of an entry what can run. Blocks: an entry may name files. */
public interface ExportBinder {
    /**
     * The export of an entry.
     *
     * @throws ConfigException with everything that is wrong with it
     */
    ExportSpec spec(Map<String, Object> entry) throws ConfigException;

    /**
     * Its sink.
     *
     * @throws ConfigException with everything that is wrong with it
     */
    BoundSink<?> sink(ExportSpec spec) throws ConfigException;

    /** Whether the configuration has this very export, not one that every repo has. */
    boolean names(ExportKey key);
}
