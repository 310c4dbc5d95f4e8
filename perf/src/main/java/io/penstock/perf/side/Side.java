package io.penstock.perf.side;

import java.io.IOException;
import java.util.Optional;

/** A server under load. Threading: any thread. */
public interface Side extends AutoCloseable {
    /** {@code floor} or {@code gateway}. */
    String name();

    /** The data port, on 127.0.0.1. */
    int port();

    /** The process. */
    ProcessHandle handle();

    /** What it says became of a repo's records; empty when it keeps no ledger. */
    Optional<Ledger> ledger(String repo) throws IOException, InterruptedException;

    /** Waits until everything accepted has left the server, or the deadline. */
    void drain(long withinMs) throws IOException, InterruptedException;

    @Override
    void close();
}
