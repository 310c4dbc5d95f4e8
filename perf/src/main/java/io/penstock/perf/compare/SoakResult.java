package io.penstock.perf.compare;

import io.penstock.perf.load.LoadCounts;
import io.penstock.perf.side.Ledger;
import io.penstock.perf.side.ProcFs;
import java.util.ArrayList;
import java.util.List;

/**
 * How a gateway stood a long load on a small heap with one sink down.
 *
 * @param seconds how long the load lasted
 * @param counts what was acknowledged
 * @param gc what the collector did
 * @param memory memory at the end of the load
 * @param ledger what became of the records, over both exports
 */
public record SoakResult(
        double seconds, LoadCounts counts, GcLog gc, ProcFs.Memory memory, Ledger ledger) {

    /** What should not have happened; empty when all is well. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (gc.fullLater() > 0) {
            faults.add(gc.fullLater() + " full collections in the steady state");
        }
        if (counts.failed() > 0) {
            faults.add(counts.failed() + " requests failed");
        }
        if (ledger.residue() != 0) {
            faults.add("the ledger does not balance: " + ledger);
        }
        if (ledger.accepted() < counts.records()) {
            faults.add(counts.records() + " records acknowledged, accepted " + ledger.accepted());
        }
        if (ledger.waiting() == 0) {
            faults.add("nothing was parked: the sink that should be down was not");
        }
        return faults;
    }
}
