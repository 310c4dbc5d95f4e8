package io.penstock.gateway.ingest;

/**
 * How fast a body comes. One that trickles holds a call, and, where the node is crowded, all that
 * wait behind it; so once it has taken longer than a pause may, it must have come at a rate.
 *
 * <p>Threading: confined to one event loop.
 */
public final class Pace {
    private static final long MILLIS_PER_SECOND = 1000;

    private final IngressConfig config;
    private long sinceMs;
    private int sinceBytes;

    /** A pace that is yet to {@linkplain #begin begin}. */
    public Pace(IngressConfig config) {
        this.config = config;
    }

    /** From now on the client is waited for; it was not, or its body is a new one. */
    public void begin(long nowMs, int bytes) {
        sinceMs = nowMs;
        sinceBytes = bytes;
    }

    /** Whether a body of which so many bytes have come until now comes too slowly. */
    public boolean tooSlow(long nowMs, int bytes) {
        long lateMs = nowMs - sinceMs - config.bodyTimeoutMs();
        long least = config.guard().minBodyBytesPerS();
        return lateMs > 0 && (bytes - sinceBytes) * MILLIS_PER_SECOND < lateMs * least;
    }

    /** The answer to a client that is {@link #tooSlow}. */
    public Fault fault() {
        return Fault.of(
                FaultKind.STALLED,
                "the request comes at less than "
                        + config.guard().minBodyBytesPerS()
                        + " bytes a second");
    }
}
