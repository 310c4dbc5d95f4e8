package io.penstock.gateway.boot;

import java.util.Optional;

/**
 * Where a node stands in its one life.
 *
 * <pre>
 *            START             STARTED           STOP               STOPPED
 *   LATENT ---------> STARTING ---------> RUNNING ------> DRAINING ---------> STOPPED
 *      |                  |                                  ^                   ^
 *      |                  '------------- STOP ---------------'                   |
 *      '------------------------------- STOP ------------------------------------'
 * </pre>
 *
 * <p>Threading: immutable.
 */
public enum GatewayState {
    /** Made, and holds nothing. */
    LATENT(0),
    /** Steps are being taken; not ready. */
    STARTING(1),
    /** Takes batches. */
    RUNNING(2),
    /** Takes no batches; what is staged is delivered as far as the deadline allows. */
    DRAINING(3),
    /** Holds nothing any more. */
    STOPPED(4);

    /** What may happen to a node. */
    enum Event {
        START,
        STARTED,
        STOP,
        STOPPED
    }

    private final int code;

    GatewayState(int code) {
        this.code = code;
    }

    /** Number of this state in metrics; never reused. */
    public int code() {
        return code;
    }

    /** The state after an event, or empty where the event is not a legal move. */
    Optional<GatewayState> after(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case LATENT ->
                            switch (event) {
                                case START -> STARTING;
                                case STOP -> STOPPED;
                                case STARTED, STOPPED -> null;
                            };
                    case STARTING ->
                            switch (event) {
                                case STARTED -> RUNNING;
                                case STOP -> DRAINING;
                                case START, STOPPED -> null;
                            };
                    case RUNNING -> event == Event.STOP ? DRAINING : null;
                    case DRAINING -> event == Event.STOPPED ? STOPPED : null;
                    case STOPPED -> null;
                });
    }
}
