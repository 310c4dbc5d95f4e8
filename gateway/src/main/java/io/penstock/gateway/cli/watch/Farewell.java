package io.penstock.gateway.cli.watch;

import io.penstock.gateway.cli.ExitCode;

/**
 * What is done when a signal ends a verb that goes on until then: Ctrl-C is its usual end, so the
 * process exits with 0.
 */
final class Farewell {
    private final Thread hook;

    Farewell(Runnable last) {
        this.hook =
                new Thread(
                        () -> {
                            last.run();
                            Runtime.getRuntime().halt(ExitCode.OK);
                        },
                        "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The verb has ended by itself. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException underWay) {
            // a signal came: the hook ends the process
            return;
        }
    }
}
