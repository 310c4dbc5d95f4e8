package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.DirectoryStore;
import io.penstock.exporter.objectstore.ObjectStore;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.storage.FaultStorage;
import io.penstock.model.RepoName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * A sink whose every step is taken on the test's thread, in order, by a file system that fails when
 * it is told, at a time that stands still.
 */
final class ObjectRig {

    final FaultStorage storage = new FaultStorage().withoutForces();
    final Path state;
    final Path directory;
    Configs config;
    int idsPerGeneration = 1000;
    long nowMs = TestDelivery.ARRIVED_MS;
    long freeBytes = Long.MAX_VALUE;
    ObjectStore objects;
    final ObjectSinkCounters counters = new ObjectSinkCounters(new RepoName("repo"), "export");

    private final Loop loop = new Loop();
    // Jobs wait here when they shall not run at once.
    private final Queue<Runnable> jobs = new ArrayDeque<>();
    boolean holdJobs;

    ObjectRig(Path root) {
        state = root.resolve("state");
        directory = root.resolve("objects");
        objects = new DirectoryStore(storage, directory);
        config = Configs.to(directory).format(ObjectFormat.NDJSON, ObjectCompression.NONE);
    }

    /** Tasks one at a time; timers only when told. */
    private static final class Loop implements SinkLoop {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final List<Runnable> timers = new ArrayList<>();

        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Runnable after(long delayMs, Runnable task) {
            timers.add(task);
            return () -> timers.remove(task);
        }

        void drain() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }

    /**
     * A sink on what the directories hold; one from before is as after the death of its process.
     */
    ObjectSink open() {
        loop.tasks.clear();
        loop.timers.clear();
        jobs.clear();
        ObjectSinkConfig built = config.build();
        WindowEncoder encoder =
                new WindowEncoder(
                        storage, built.format(), built.compression(), built.rowGroupBytes());
        Executor threads =
                job -> {
                    if (holdJobs) {
                        jobs.add(job);
                    } else {
                        loop.run(job);
                    }
                };
        ObjectSink sink =
                new ObjectSink(
                        built,
                        new ObjectSinkParts(
                                new WindowFiles.Settings(storage, state, true, idsPerGeneration),
                                encoder,
                                objects,
                                ObjectKeys.of(built.prefix(), "repo", "export", encoder.suffix()),
                                loop,
                                threads,
                                new StandingClock(),
                                () -> freeBytes,
                                counters,
                                false));
        sink.start();
        loop.drain();
        return sink;
    }

    private final class StandingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }
    }

    Outcome deliver(ObjectSink sink, TestDelivery delivery) {
        Outcome outcome = sink.deliver(delivery.lend()).result();
        delivery.settle();
        loop.drain();
        return outcome;
    }

    /** Lets time pass, and what it brings about happen. */
    void pass(long ms) {
        nowMs += ms;
        List<Runnable> due = List.copyOf(loop.timers);
        loop.timers.clear();
        due.forEach(Runnable::run);
        loop.drain();
    }

    /** Runs the jobs that were held. */
    void runJobs() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
            loop.drain();
        }
    }

    /** Timers that are set. */
    int timers() {
        return loop.timers.size();
    }

    void close(ObjectSink sink) {
        var closed = sink.close();
        loop.drain();
        if (!closed.succeeded()) {
            throw new AssertionError("not closed", closed.cause());
        }
    }
}
