package io.penstock.model;

/**
 * What a client wants to rest on before it hears an answer. Ordered: each level implies those
 * before.
 */
public enum AckLevel {
    /** In the mapped ring: survives the death of the process (kill -9). */
    STAGED,
    /** Forced to the disk: survives the loss of power. */
    SYNCED,
    /** Settled by every export of the repo: delivered, dead-lettered or dropped by rule. */
    DELIVERED
}
