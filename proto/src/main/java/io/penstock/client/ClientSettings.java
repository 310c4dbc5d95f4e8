package io.penstock.client;

import io.penstock.model.AckLevel;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with; {@link ClientBuilder} says what each means.
 *
 * @param kept the producer that all batches go under, or null
 */
record ClientSettings(
        List<URI> endpoints,
        AckLevel ack,
        int batchRecords,
        int batchBytes,
        long lingerMs,
        int underWay,
        long maxBytes,
        boolean gzip,
        long deadlineMs,
        long attemptMs,
        long closeMs,
        boolean followOwners,
        @Nullable Producer kept) {}
