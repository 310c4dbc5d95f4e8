package io.penstock.model;

/**
 * Where a batch lies: enough to ask for its fate later.
 *
 * <p>Threading: immutable.
 *
 * @param repo the repo it was staged in
 * @param epoch epoch of the ring; positions of different epochs do not compare
 * @param firstPosition first byte position of the batch's entry in the ring
 * @param endPosition the position behind the batch's entry; acknowledgements wait for it
 * @param records records in the batch
 * @param duplicate whether (producer, sequence) had been staged before and nothing was staged now
 */
public record Receipt(
        RepoName repo,
        long epoch,
        long firstPosition,
        long endPosition,
        int records,
        boolean duplicate) {}
