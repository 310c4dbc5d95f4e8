package io.penstock.cluster.task;

/** Whether a task is about to change its size. */
public enum Sizing {
    /** It stays as it is. */
    STEADY,

    /** Its export has just got more tasks; this one gives up a part of its share, or is new. */
    SPLITTING,

    /** It hands its share to others and goes: not worth a move. */
    MERGING
}
