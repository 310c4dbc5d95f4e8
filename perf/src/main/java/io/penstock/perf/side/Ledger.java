package io.penstock.perf.side;

/**
 * The sum of the ledgers of a repo's exports, in records, and whether each balances.
 *
 * @param accepted records that an export owes its repo; the largest of the exports
 * @param delivered delivered, over all exports
 * @param waiting staged or parked, over all exports
 * @param lost dead-lettered or dropped, over all exports
 * @param residue what does not balance, over all exports; 0 when all is well
 */
public record Ledger(long accepted, long delivered, long waiting, long lost, long residue) {}
