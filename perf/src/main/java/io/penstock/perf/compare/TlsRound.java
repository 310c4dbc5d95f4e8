package io.penstock.perf.compare;

import io.penstock.perf.report.SideNumbers;
import java.util.List;

/**
 * What one gateway did in all rounds.
 *
 * @param what {@code none}, {@code openssl} or {@code jdk}
 * @param rounds its numbers, a round each
 */
public record TlsRound(String what, List<SideNumbers> rounds) {
    /** The list is fixed. */
    public TlsRound {
        rounds = List.copyOf(rounds);
    }
}
