package io.penstock.perf.load;

/**
 * What a session has counted since its start.
 *
 * @param requests batches acknowledged
 * @param records records in them
 * @param bytes bytes of those batches, without any framing
 * @param refused answers that said to come back
 * @param failed answers that were errors
 */
public record LoadCounts(long requests, long records, long bytes, long refused, long failed) {
    /** Before anything was sent. */
    public static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0, 0);

    /** What came on top of an earlier count. */
    public LoadCounts since(LoadCounts earlier) {
        return new LoadCounts(
                requests - earlier.requests,
                records - earlier.records,
                bytes - earlier.bytes,
                refused - earlier.refused,
                failed - earlier.failed);
    }

    /** Both together. */
    public LoadCounts plus(LoadCounts other) {
        return new LoadCounts(
                requests + other.requests,
                records + other.records,
                bytes + other.bytes,
                refused + other.refused,
                failed + other.failed);
    }
}
