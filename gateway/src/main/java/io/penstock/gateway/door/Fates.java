package io.penstock.gateway.door;

import io.penstock.gateway.ingest.Fault;
import org.jspecify.annotations.Nullable;

/** What became of the parts of a request. Threading: confined to one event loop. */
public final class Fates {
    private final @Nullable Fault[] faults;

    Fates(int parts) {
        faults = new @Nullable Fault[parts];
    }

    void set(int part, @Nullable Fault fault) {
        faults[part] = fault;
    }

    /** Why a part was not staged; null when it was. */
    public @Nullable Fault of(int part) {
        return faults[part];
    }

    /** The first fault of any part, or null when all were staged. */
    public @Nullable Fault first() {
        for (Fault fault : faults) {
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** How many parts there were. */
    public int parts() {
        return faults.length;
    }
}
