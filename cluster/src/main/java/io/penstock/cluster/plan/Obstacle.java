package io.penstock.cluster.plan;

/** Why a task runs nowhere. */
public enum Obstacle {
    /** No group of that name. */
    NO_GROUP("there is no scheduling group of that name"),

    /** The group has no node that takes tasks. */
    NO_NODE("its group has no node that takes tasks"),

    /** All nodes that it is pinned to are gone or belong to other groups. */
    PINS_GONE("none of the nodes that it is pinned to is in its group and alive"),

    /** No node has its labels. */
    NO_LABEL("no node of its group that takes tasks has all the labels that it asks for"),

    /** Larger than any node. */
    TOO_LARGE("it needs more than the largest allowed node has within its headroom"),

    /** It would fit on an empty node, but none has that much left. */
    NO_ROOM("no allowed node has that much left within its headroom"),

    /** Exclusive, and no node can be emptied. */
    NO_FREE_NODE("it must be alone, and no node is free or can be emptied for it");

    private final String words;

    Obstacle(String words) {
        this.words = words;
    }

    /** A clause for operators. */
    public String words() {
        return words;
    }
}
