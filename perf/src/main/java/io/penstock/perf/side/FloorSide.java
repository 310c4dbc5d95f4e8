package io.penstock.perf.side;

import io.penstock.perf.floor.FloorServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The floor as a child. */
public final class FloorSide implements Side {
    private static final long READY_WITHIN_MS = 60_000;

    private final ChildJvm child;
    private final int port;

    private FloorSide(ChildJvm child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts it and waits until it listens. */
    public static FloorSide start(JvmOptions options, Cores cores, Path directory)
            throws IOException, InterruptedException {
        Path log = directory.resolve("floor.log");
        ChildJvm child = ChildJvm.start(FloorServer.class, List.of("0"), options, cores, log);
        try {
            return new FloorSide(child, child.await(READY_WITHIN_MS, FloorSide::portIn));
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static Optional<Integer> portIn(String output) {
        int at = output.indexOf(FloorServer.LISTENING);
        int end = output.indexOf('\n', Math.max(at, 0));
        return at < 0 || end < 0
                ? Optional.empty()
                : Optional.of(
                        Integer.valueOf(
                                output.substring(at + FloorServer.LISTENING.length(), end)
                                        .strip()));
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public Optional<Ledger> ledger(String repo) {
        return Optional.empty();
    }

    @Override
    public void drain(long withinMs) {
        // it keeps nothing
    }

    @Override
    public void close() {
        child.close();
    }
}
