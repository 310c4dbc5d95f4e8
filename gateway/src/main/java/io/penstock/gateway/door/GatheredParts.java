package io.penstock.gateway.door;

import io.penstock.exporter.batching.NamedBatches;
import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.ingest.IngressConfig;
import java.util.List;

/** Parts whose records a door gathers by name. Threading: any thread. */
public final class GatheredParts {
    private GatheredParts() {}

    /** Batches within the limits of the data port. */
    public static NamedBatches within(IngressConfig config) {
        return new NamedBatches(
                new NamedBatches.Limits(
                        config.maxRecordBytes(), config.maxInflatedBytes(), DoorDialect.MAX_PARTS));
    }

    /** The parts of what was gathered, all for one repo. */
    public static Reading reading(String repo, NamedBatches batches) {
        List<Part> parts =
                batches.finish().stream()
                        .map(bytes -> new Part(repo, Encoding.NDJSON, bytes, bytes.length))
                        .toList();
        return Reading.of(parts);
    }
}
