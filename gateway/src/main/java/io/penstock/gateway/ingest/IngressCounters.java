package io.penstock.gateway.ingest;

import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What one transport has seen since start. Threading: any thread. */
public final class IngressCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final EnumMap<FaultKind, LongAdder> faults = new EnumMap<>(FaultKind.class);

    IngressCounters() {
        for (FaultKind kind : FaultKind.values()) {
            faults.put(kind, new LongAdder());
        }
    }

    /** A call has begun. */
    public void opened() {
        open.increment();
    }

    /** A call has ended, well or not. */
    public void closed() {
        open.decrement();
    }

    /** A whole request has come in, {@code length} bytes long. */
    public void request(int length) {
        requests.increment();
        bytes.add(length);
    }

    /** A request was accepted. */
    public void accepted() {
        accepted.increment();
    }

    /** A request was answered with a fault. */
    public void fault(FaultKind kind) {
        of(kind).increment();
    }

    /** Calls that are open now: HTTP requests, unary calls and streams. */
    public long openCalls() {
        return open.sum();
    }

    /** Whole requests that came in. */
    public long requests() {
        return requests.sum();
    }

    /** Bytes of those, as they came over the wire. */
    public long bytes() {
        return bytes.sum();
    }

    /** Requests answered with a receipt. */
    public long acceptedRequests() {
        return accepted.sum();
    }

    /** Requests answered with a fault of this kind. */
    public long faults(FaultKind kind) {
        return of(kind).sum();
    }

    /** Requests answered with any fault. */
    public long faults() {
        long all = 0;
        for (LongAdder one : faults.values()) {
            all += one.sum();
        }
        return all;
    }

    private LongAdder of(FaultKind kind) {
        return Objects.requireNonNull(faults.get(kind));
    }
}
