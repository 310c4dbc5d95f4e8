package io.penstock.cluster.plan;

/** Why a task is where it is, as the plan that put it there knows. */
public enum Reason {
    /** It ran there, and no move gains more than it costs. */
    KEPT("it ran there before, and no move would gain more than it costs"),

    /** It is pinned. */
    PINNED("it is pinned to that node"),

    /** It ran nowhere before. */
    NEW("it is new"),

    /** Its node left the group or died. */
    NODE_GONE("the node that ran it is gone"),

    /** Its node drains. */
    DRAINING("the node that ran it drains"),

    /** Its node drains, but no other has room. */
    DRAIN_WAITS("the node drains, but no other node has room for it yet"),

    /** Its node lacks a label that it now asks for, or it is no longer where its pins allow. */
    NOT_ALLOWED("the node that ran it is no longer allowed to"),

    /** It must be alone, and was moved to where it can be. */
    ALONE("it must be alone on its node"),

    /** It must be alone, but no node can be emptied for it yet. */
    ALONE_WAITS("it must be alone, but no node can be emptied for it yet"),

    /** Its node was emptied for a task that must be alone. */
    MADE_WAY("its node is reserved for a task that must be alone"),

    /** It made room for a larger task that fitted nowhere. */
    MADE_ROOM("it made room for a larger task that fitted nowhere else"),

    /** Its node was beyond its headroom. */
    RELIEF("the node that ran it was beyond its headroom"),

    /** The load of nodes was uneven. */
    BALANCE("the load of nodes was uneven by more than the cost of a move"),

    /** Too many tasks of its export stood on one node. */
    SPREAD("too many tasks of its export ran on one node");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** A clause for operators. */
    public String words() {
        return words;
    }
}
