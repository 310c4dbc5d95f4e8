package io.penstock.perf.architecture.planted;

import io.penstock.perf.architecture.planted.child.Made;

/** A parent that imports its child, which imports it back: two violations. */
public final class Parent {

    private Parent() {}

    static Made reachDown() {
        return Made.make();
    }

    /** What the child reaches up for. */
    public static int reachedFor() {
        return 1;
    }
}
