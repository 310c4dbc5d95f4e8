package io.penstock.exporter.stage;

import java.util.Optional;

/**
 * Where a stage stands in its one life; a repo that is opened again gets a new stage.
 *
 * <pre>
 *             OPENED              DRAIN                SHUT
 *   OPENING ----------> ACTIVE ----------> DRAINING ----------> CLOSED
 *      |  \                |                  |  ^
 *      |   \  DRAIN        | BREAK            |  | DRAIN (again: nothing changes)
 *      |    `--------------+----> DRAINING    |  '
 *      | BREAK             |                  | BREAK
 *      '-------------------+----> FAILED <----'
 *                                   | SHUT
 *                                   '-------------------------> CLOSED
 * </pre>
 *
 * <p>Threading: immutable.
 */
public enum StageState {
    /** Files are being recovered and cursors opened; offers wait. */
    OPENING(0),
    /** Takes batches. */
    ACTIVE(1),
    /** Takes no batches; exports are being stopped and files closed. */
    DRAINING(2),
    /** Nothing is held any more. */
    CLOSED(3),
    /** A file failed; nothing is taken, what was staged is safe as far as it was acknowledged. */
    FAILED(4);

    /** What may happen to a stage. */
    public enum Event {
        /** Ring and cursors are open. */
        OPENED,
        /** The stage shall be closed: idle, deleted, or the node stops. */
        DRAIN,
        /** The ring's files were let go. */
        SHUT,
        /** A file failed. */
        BREAK
    }

    private final int code;

    StageState(int code) {
        this.code = code;
    }

    /** Number of this state in metrics; never reused. */
    public int code() {
        return code;
    }

    /** The state after an event, or empty where the event is not a legal move. */
    public Optional<StageState> after(Event event) {
        return Optional.ofNullable(
                switch (this) {
                    case OPENING ->
                            switch (event) {
                                case OPENED -> ACTIVE;
                                case DRAIN -> DRAINING;
                                case BREAK -> FAILED;
                                case SHUT -> null;
                            };
                    case ACTIVE ->
                            switch (event) {
                                case DRAIN -> DRAINING;
                                case BREAK -> FAILED;
                                case OPENED, SHUT -> null;
                            };
                    case DRAINING ->
                            switch (event) {
                                case DRAIN -> DRAINING;
                                case SHUT -> CLOSED;
                                case BREAK -> FAILED;
                                case OPENED -> null;
                            };
                    case FAILED ->
                            switch (event) {
                                case BREAK, DRAIN -> FAILED;
                                case SHUT -> CLOSED;
                                case OPENED -> null;
                            };
                    case CLOSED -> null;
                });
    }
}
