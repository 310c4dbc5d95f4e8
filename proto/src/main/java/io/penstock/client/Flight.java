package io.penstock.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One batch from its acceptance to its end. Threading: guarded by its lane. */
final class Flight {
    final Form form;
    final byte[] body;
    final boolean gzip;
    final int records;
    final long bytes;
    final CompletableFuture<PushReceipt> receipt;
    final long acceptedNs;

    /** Whether the caller chose the stamp, and where it is known. */
    final boolean pinned;

    @Nullable Leg leg;
    @Nullable Stamp stamp;
    int attempts;
    boolean maybeStaged;
    boolean renewed;

    Flight(
            Packed packed,
            CompletableFuture<PushReceipt> receipt,
            @Nullable Leg leg,
            @Nullable Stamp stamp,
            long acceptedNs) {
        this.form = packed.form();
        this.body = packed.body();
        this.gzip = packed.gzip();
        this.records = packed.records();
        this.bytes = packed.bytes();
        this.receipt = receipt;
        this.leg = leg;
        this.stamp = stamp;
        this.pinned = stamp != null;
        this.acceptedNs = acceptedNs;
    }

    /** Bytes that it holds of the client's room. */
    int heldBytes() {
        return body.length;
    }

    PushException.Fate fate() {
        return maybeStaged ? PushException.Fate.UNKNOWN : PushException.Fate.NOT_STAGED;
    }
}
