package io.penstock.gateway.ingest;

import io.penstock.exporter.record.ByteChunks;

/** Steps of the ingress that are nobody else's to see, for fuzzing. */
public final class Unpacking {
    private final IngressConfig config = DataPort.small();
    private final BodyInflater inflater = new BodyInflater(config);
    private final PushEnvelope envelope = new PushEnvelope();

    /** Most bytes that come out of {@link #inflate}, but for the last piece. */
    public int maxBytes() {
        return config.maxInflatedBytes();
    }

    /** Undoes a compression. */
    public Inflated inflate(Coding coding, ByteChunks bytes) {
        return inflater.inflate(coding, bytes);
    }

    /**
     * The batch of a request as its place and length; the place is -1 where the envelope is broken.
     */
    public int[] batchOf(ByteChunks request) {
        Fault fault = envelope.parse(request);
        return fault != null
                ? new int[] {-1, 0}
                : new int[] {envelope.batchAt, envelope.batchBytes};
    }
}
