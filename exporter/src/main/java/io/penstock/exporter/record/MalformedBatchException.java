package io.penstock.exporter.record;

/**
 * A staged batch holds a record that cannot be decoded. Raised by {@link RecordReader} only: the
 * scan at the door reports a {@link BatchFault} as a value. Fan-out takes it as a rejection, so
 * that the record ends as a dead letter and the rest goes on.
 *
 * <p>Carries no stack trace: it tells of bytes, not of code.
 */
public final class MalformedBatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient BatchFault fault;

    MalformedBatchException(BatchFault fault) {
        super(fault.reason(), null, false, false);
        this.fault = fault;
    }

    /** What is wrong, and where. */
    public BatchFault fault() {
        return fault;
    }
}
