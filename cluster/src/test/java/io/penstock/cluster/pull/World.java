package io.penstock.cluster.pull;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Tables;
import io.penstock.cluster.store.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/** A puller among levels whose every answer a test decides; simulated time. */
final class World {

    static final long MS_NS = 1_000_000;

    private static final int MOST_TICKS_AT_ONCE = 100;

    /** How a level answers. */
    enum Mode {
        WORKS,
        SLOW,
        DOWN,
        SILENT
    }

    /** One level: what it has, and how it answers. */
    static final class Place {
        Mode mode = Mode.WORKS;
        AssignmentTable table = AssignmentTable.NONE;
        int latencyMs = 2;
    }

    private record Event(long atNs, long order, Runnable what) {}

    final Map<Level, Place> places = new EnumMap<>(Level.class);
    final List<Version> adopted = new ArrayList<>();
    final List<Long> storeReadsNs = new ArrayList<>();
    final List<AssignmentTable> fills = new ArrayList<>();
    final PullConfig config;
    final TablePuller puller;
    boolean fillsArrive = true;
    long nowNs;

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    (a, b) ->
                            a.atNs() != b.atNs()
                                    ? Long.compare(a.atNs(), b.atNs())
                                    : Long.compare(a.order(), b.order()));
    private long order;
    private int standsStill;

    World(PullConfig config, long seed) {
        this.config = config;
        this.random = new Random(seed);
        this.nowNs = 1_000_000_000_000L + random.nextInt(1_000_000);
        this.puller = new TablePuller(config, seed, nowNs);
        for (Level level : Level.values()) {
            places.put(level, new Place());
        }
    }

    Place place(Level level) {
        return places.getOrDefault(level, new Place());
    }

    void put(Level level, long epoch, long sequence) {
        place(level).table = Tables.of(epoch, sequence);
    }

    void at(long atNs, Runnable what) {
        events.add(new Event(atNs, order++, what));
    }

    void hint(long epoch, long sequence) {
        doSteps(puller.hint(new Version(epoch, sequence), nowNs));
    }

    Version held() {
        return puller.held().table().version();
    }

    /** Lives for a time, in no larger steps than the puller asks for. */
    void run(long ms) {
        long endNs = nowNs + ms * MS_NS;
        while (true) {
            Event event = events.peek();
            long nextNs = Math.max(nowNs, puller.nextNs());
            if (event != null && event.atNs() <= Math.min(nextNs, endNs)) {
                events.poll();
                nowNs = Math.max(nowNs, event.atNs());
                event.what().run();
            } else if (nextNs <= endNs) {
                standsStill = nextNs > nowNs ? 0 : standsStill + 1;
                if (standsStill > MOST_TICKS_AT_ONCE) {
                    throw new AssertionError("ticks that change nothing: nextNs stands still");
                }
                nowNs = nextNs;
                doSteps(puller.tick(nowNs));
            } else {
                nowNs = endNs;
                return;
            }
        }
    }

    private void doSteps(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Read read) {
                read(read);
            } else if (step instanceof Step.Adopt adopt) {
                adopted.add(adopt.held().table().version());
            } else if (step instanceof Step.Fill fill) {
                fills.add(fill.table());
                Place shared = place(Level.SHARED);
                if (fillsArrive && fill.table().version().supersedes(shared.table.version())) {
                    shared.table = fill.table();
                }
            }
        }
    }

    private void read(Step.Read read) {
        Place place = place(read.level());
        if (read.level() == Level.STORE) {
            storeReadsNs.add(nowNs);
        }
        if (place.mode == Mode.SILENT) {
            return;
        }
        Mode mode = place.mode;
        long deadlineMs =
                read.level() == Level.SHARED ? config.sharedDeadlineMs() : config.storeDeadlineMs();
        long latencyMs =
                mode == Mode.SLOW
                        ? deadlineMs + random.nextInt(6 * (int) deadlineMs)
                        : place.latencyMs;
        // what is answered is what was there when the request arrived, however late the answer is
        Answer answer = mode == Mode.DOWN ? new Answer.Down("down") : answer(place, read.known());
        at(
                nowNs + latencyMs * MS_NS,
                () -> doSteps(puller.answered(read.level(), read.id(), answer, nowNs)));
        if (random.nextInt(20) == 0) {
            // now and then an answer comes twice
            at(
                    nowNs + 3 * latencyMs * MS_NS,
                    () -> doSteps(puller.answered(read.level(), read.id(), answer, nowNs)));
        }
    }

    private static Answer answer(Place place, Version known) {
        Version has = place.table.version();
        if (has.equals(Version.NONE)) {
            return new Answer.Empty();
        }
        return has.supersedes(known)
                ? new Answer.Found(place.table, 0)
                : new Answer.NoNewer(has, 0);
    }

    /** The largest number of store reads in any minute. */
    int mostStoreReadsInAMinute() {
        int most = 0;
        for (int from = 0; from < storeReadsNs.size(); from++) {
            int to = from;
            while (to < storeReadsNs.size()
                    && storeReadsNs.get(to) - storeReadsNs.get(from) < 60_000 * MS_NS) {
                to++;
            }
            most = Math.max(most, to - from);
        }
        return most;
    }
}
