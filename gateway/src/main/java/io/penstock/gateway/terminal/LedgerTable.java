package io.penstock.gateway.terminal;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;

/** The ledger as people read it. */
public final class LedgerTable {
    private LedgerTable() {}

    /** Writes the table and, below it, whether it balances. */
    public static void print(JsonObject report, PrintWriter out) {
        JsonTable.of(report.getJsonArray("ledger"))
                .text("REPO", "repo")
                .text("EXPORT", "export")
                .count("ACCEPTED", "accepted")
                .count("DELIVERED", "delivered")
                .count("STAGED", "staged")
                .count("PARKED", "parked")
                .count("DEAD-LETTERED", "dead_lettered")
                .count("DROPPED", "dropped")
                .count("RESIDUE", "residue")
                .print(out);
        long residue = report.getLong("residue");
        out.println(
                residue == 0
                        ? "The ledger balances."
                        : "The ledger does NOT balance: " + residue + " records unaccounted for.");
    }
}
