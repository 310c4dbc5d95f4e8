package io.penstock.gateway.cli;

/** How verbs end; the numbers are part of the interface. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** Not done, or what was asked for does not hold: a ledger with residue, damage found. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The gateway cannot be reached. */
    public static final int UNREACHABLE = 3;

    /** The configuration is faulty. */
    public static final int CONFIGURATION = 4;

    /** The process cannot start here: a port in use, a data directory that does not serve. */
    public static final int CANNOT_START = 5;

    /** A defect of Penstock. */
    public static final int DEFECT = 70;

    private ExitCode() {}
}
