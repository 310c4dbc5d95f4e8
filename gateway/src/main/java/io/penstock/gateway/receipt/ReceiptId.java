package io.penstock.gateway.receipt;

import io.penstock.model.RepoName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A batch by its receipt. As text {@code REPO/EPOCH/POSITION}: the epoch in 16 hexadecimal digits,
 * the position in decimal ones, as JSON answers have them.
 *
 * <p>Threading: immutable.
 *
 * @param epoch of the ring that it was staged in
 * @param position of its entry there
 */
public record ReceiptId(RepoName repo, long epoch, long position) {
    private static final Pattern EPOCH = Pattern.compile("[0-9a-fA-F]{16}");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    /**
     * Out of its parts.
     *
     * @throws IllegalArgumentException when one of them is malformed
     */
    static ReceiptId of(String repo, String epoch, String position) {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("repo: " + fault);
        }
        Matcher hex = EPOCH.matcher(epoch);
        if (!hex.matches() || !POSITION.matcher(position).matches()) {
            throw new IllegalArgumentException(
                    "a receipt is REPO/EPOCH/POSITION: 16 hexadecimal digits, and a number");
        }
        return new ReceiptId(
                new RepoName(repo), Long.parseUnsignedLong(epoch, 16), Long.parseLong(position));
    }
}
