package io.penstock.gateway.door;

import io.penstock.gateway.ingest.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read out of a body.
 *
 * @param parts batches to be staged; may be empty
 * @param fault why the request is refused as a whole, or null; there are no parts then
 */
public record Reading(List<Part> parts, @Nullable Fault fault) {

    /** Checks that a refused request has no parts. */
    public Reading {
        parts = List.copyOf(parts);
        if (fault != null && !parts.isEmpty()) {
            throw new IllegalArgumentException("parts of a request that is refused");
        }
    }

    /** Batches. */
    public static Reading of(List<Part> parts) {
        return new Reading(parts, null);
    }

    /** None. */
    public static Reading refused(Fault fault) {
        return new Reading(List.of(), fault);
    }
}
