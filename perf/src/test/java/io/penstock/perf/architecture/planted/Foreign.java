package io.penstock.perf.architecture.planted;

import io.vertx.core.Vertx;

/** A foreign library where the table allows none. */
final class Foreign {

    private Foreign() {}

    static boolean onAnEventLoop() {
        return Vertx.currentContext() != null;
    }
}
