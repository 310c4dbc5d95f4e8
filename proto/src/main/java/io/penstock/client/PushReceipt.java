package io.penstock.client;

import java.util.HexFormat;

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
        String repo, String node, long epoch, long firstPosition, int records, boolean duplicate) {

    /**
     * The receipt as text, {@code REPO/EPOCH/POSITION@NODE}, as {@code penstock receipt} takes it;
     * {@code GET /v1/receipts/REPO/EPOCH/POSITION?node=NODE} takes the same parts.
     */
    public String id() {
        return repo + "/" + HexFormat.of().toHexDigits(epoch) + "/" + firstPosition + "@" + node;
    }
}
