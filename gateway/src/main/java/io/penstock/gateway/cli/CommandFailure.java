package io.penstock.gateway.cli;

/**
 * A verb cannot go on: what to tell the user, and the exit code. Unchecked, so that it leaves a
 * verb from any depth; {@link Main} prints its message without a stack trace.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A failure of one of {@link ExitCode}. */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The code to exit with. */
    public int exitCode() {
        return exitCode;
    }
}
