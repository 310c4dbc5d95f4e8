package io.penstock.client;

/**
 * Where a batch lies. Threading: immutable.
 *
 * @param repo the repo it was staged in
 * @param node node that staged it
 * @param epoch epoch of the node's ring
 * @param firstPosition first position of the batch in the ring, in bytes
 * @param records records in the batch, as the server counted them
 * @param duplicate whether it had been staged before, by an attempt whose answer was lost
 */
public record PushReceipt(
        String repo, String node, long epoch, long firstPosition, int records, boolean duplicate) {}
