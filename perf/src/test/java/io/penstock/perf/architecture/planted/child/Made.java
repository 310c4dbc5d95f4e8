package io.penstock.perf.architecture.planted.child;

import io.penstock.perf.architecture.planted.Parent;

/** An interface that makes its own implementation. */
public interface Made {
    /** The factory that should stand elsewhere. */
    static Made make() {
        return new Made() {
            @Override
            public int number() {
                return Parent.reachedFor();
            }
        };
    }

    /** Something to implement. */
    int number();
}
