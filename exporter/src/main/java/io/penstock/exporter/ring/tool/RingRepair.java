package io.penstock.exporter.ring.tool;

import io.penstock.exporter.ring.Ring;
import io.penstock.exporter.ring.RingConfig;
import io.penstock.exporter.ring.RingEnvironment;
import io.penstock.exporter.storage.LockedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts a ring right while its node is stopped. There is one way to do that, the one that every
 * opening goes: holes are padded, lost commit words written again, leftovers erased, damaged files
 * put out of the way, the snapshot rebuilt. Damaged entries stay where they are; exports step over
 * them and count them as dropped.
 *
 * <p>Threading: confined to one thread; blocks.
 */
public final class RingRepair {

    /**
     * What a repair did.
     *
     * @param before the check before
     * @param after the check after
     * @param acceptedRecords records of the ring, as counted now
     */
    public record Result(VerifyReport before, VerifyReport after, long acceptedRecords) {}

    private final Path lock;
    private final RingConfig config;
    private final RingEnvironment environment;

    /**
     * A repair.
     *
     * @param lock the lock file of the data directory that the node holds while it runs
     */
    public RingRepair(Path lock, RingConfig config, RingEnvironment environment) {
        this.lock = lock;
        this.config = config;
        this.environment = environment;
    }

    /**
     * Repairs the ring in a directory.
     *
     * @param rebuild whether to distrust the snapshot and count everything anew
     * @throws LockedException when the node runs
     * @throws IOException when the ring cannot be opened: a newer format, or no space
     */
    public Result run(Path directory, boolean rebuild) throws IOException {
        Closeable held = environment.storage().lock(lock);
        try {
            RingInspector inspector = new RingInspector(environment.storage(), directory);
            VerifyReport before = inspector.verify();
            if (rebuild) {
                environment.storage().delete(inspector.snapshot());
            }
            Ring ring = Ring.open(directory, config, environment);
            long accepted = ring.acceptedRecords();
            ring.close();
            return new Result(before, inspector.verify(), accepted);
        } finally {
            held.close();
        }
    }
}
