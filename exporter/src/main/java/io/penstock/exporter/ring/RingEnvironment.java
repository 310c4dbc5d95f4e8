package io.penstock.exporter.ring;

import io.penstock.exporter.storage.DiskBudget;
import io.penstock.exporter.storage.DiskShare;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What the rings of a node share.
 *
 * <p>Threading: immutable; the parts are for any thread.
 *
 * @param storage the file system
 * @param nowMs the wall clock, milliseconds since the epoch
 * @param files runs what makes, recycles and deletes segment files; one thread is enough. A task
 *     that it refuses is skipped
 * @param disk bytes that all rings may take together
 * @param random draws epochs and salts
 * @param bootId names the present run of the operating system: equal as long as what a process
 *     wrote into a mapping is still there. 0 = unknown
 */
public record RingEnvironment(
        Storage storage,
        LongSupplier nowMs,
        Executor files,
        DiskBudget disk,
        LongSupplier random,
        long bootId) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** The real surroundings. */
    public static RingEnvironment of(Executor files, DiskBudget disk) {
        SecureRandom random = new SecureRandom();
        return new RingEnvironment(
                new DiskStorage(),
                System::currentTimeMillis,
                files,
                disk,
                random::nextLong,
                currentBootId());
    }

    /** The same with a share of the disk. */
    public RingEnvironment within(DiskShare share) {
        return new RingEnvironment(storage, nowMs, files, disk.part(share), random, bootId);
    }

    /** The number of the running system, from Linux; 0 where it does not say. */
    public static long currentBootId() {
        try {
            String id = Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
            long hash = 0;
            for (int i = 0; i < id.length(); i++) {
                hash = hash * 31 + id.charAt(i);
            }
            return hash;
        } catch (IOException e) {
            return 0;
        }
    }
}
