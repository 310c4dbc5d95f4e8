package io.penstock.exporter.ring.tool;

import java.util.List;

/**
 * The result of a full check.
 *
 * @param segments segments that were read
 * @param entries entries whose checksums are right
 * @param records records in them
 * @param bodyBytes bytes of their bodies
 * @param findings what else was met, in the order of files
 */
public record VerifyReport(
        int segments, long entries, long records, long bodyBytes, List<Finding> findings) {

    /** Whether nothing is worse than a note. */
    public boolean isSound() {
        return findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.NOTE);
    }
}
