package io.penstock.cluster.pull;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.store.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Keeps one node's table the newest that can be had: decides when which level is read, and takes
 * answers over, newer instead of older, in whatever order they come.
 *
 * <ul>
 *   <li>the disk is read once, at the start;
 *   <li>the shared map at the start, then by age;
 *   <li>the store when the map does not serve (down, slow, empty, older than what the node has), by
 *       its own age; and now and then while it does, to find out a map that has stood still;
 *   <li>a hint that there is something newer looks at once into the map, and then into the store if
 *       the map has it not, again and again with doubled pauses;
 *   <li>a level that fails is left alone for 1 s, doubled each time up to its age; one read of a
 *       level is in flight at most.
 * </ul>
 *
 * <p>Pure: no clock, no thread, no I/O. After every call the steps that it answers are to be done,
 * and {@link #tick} is to be called again at {@link #nextNs()} at the latest.
 *
 * <p>Threading: confined to one thread.
 */
public final class TablePuller {

    /** Pause before the shared map is looked at again for a hint. */
    private static final int SHARED_CHASE_MS = 250;

    /** The same for the store. */
    private static final int STORE_CHASE_MS = 1_000;

    private final LevelReads disk;
    private final LevelReads shared;
    private final LevelReads store;
    private final ReadBudget budget;
    private final long refreshNs;
    private final long storeRefreshNs;
    private final long storeCheckNs;
    private final long startNs;

    /** When the store is read first if the map serves from the start. */
    private final long firstCheckNs;

    private Held held;
    private Version wanted = Version.NONE;
    private long nextId = 1;

    /** Whether the map was heard of, or missed its deadline. */
    private boolean sharedKnown;

    private boolean sharedServes;

    /** Whether the map was asked since the last hint, and had it not. */
    private boolean sharedMissed;

    /**
     * A puller of a node that starts now.
     *
     * @param seed of the jitter; another one for each node
     * @param nowNs the node's monotonic clock
     */
    public TablePuller(PullConfig config, long seed, long nowNs) {
        SplittableRandom random = new SplittableRandom(seed);
        double jitter = config.jitter();
        disk = new LevelReads(config.storeDeadlineMs(), STORE_CHASE_MS, jitter, random);
        shared = new LevelReads(config.sharedDeadlineMs(), SHARED_CHASE_MS, jitter, random);
        store = new LevelReads(config.storeDeadlineMs(), STORE_CHASE_MS, jitter, random);
        budget = ReadBudget.perMinute(config.storeReadsPerMinute(), nowNs);
        refreshNs = config.refreshMs() * LevelReads.MS_NS;
        storeRefreshNs = config.storeRefreshMs() * LevelReads.MS_NS;
        storeCheckNs = config.storeCheckMs() * LevelReads.MS_NS;
        startNs = nowNs;
        firstCheckNs = nowNs + (long) (random.nextDouble() * storeCheckNs);
        held = new Held(AssignmentTable.NONE, Level.DISK, false, nowNs);
    }

    /** What the node has. */
    public Held held() {
        return held;
    }

    /** How many reads of a level there were. */
    public long reads(Level level) {
        return of(level).count();
    }

    /** Whether the map answered in time, lately, with what the node has. */
    public boolean sharedServes() {
        return sharedServes;
    }

    /** Looks what is due. */
    public List<Step> tick(long nowNs) {
        List<Step> steps = new ArrayList<>();
        if (shared.expire(nowNs)) {
            sharedFailed(nowNs);
        }
        if (store.expire(nowNs)) {
            store.failed(nowNs, storeRefreshNs);
        }
        if (!disk.sentEver()) {
            read(Level.DISK, nowNs, steps);
        }
        if (!shared.inFlight() && nowNs >= sharedDueNs()) {
            read(Level.SHARED, nowNs, steps);
        }
        if (!store.inFlight() && nowNs >= storeDueNs()) {
            budget.take(nowNs);
            read(Level.STORE, nowNs, steps);
        }
        return steps;
    }

    private void read(Level level, long nowNs, List<Step> steps) {
        long id = nextId++;
        of(level).sent(id, nowNs);
        steps.add(new Step.Read(level, id, held.table().version()));
    }

    private LevelReads of(Level level) {
        return switch (level) {
            case DISK -> disk;
            case SHARED -> shared;
            case STORE -> store;
        };
    }

    private long sharedDueNs() {
        return shared.dueNs(startNs, refreshNs);
    }

    private long storeDueNs() {
        if (!sharedKnown) {
            return Long.MAX_VALUE;
        }
        long byAge =
                sharedServes
                        ? store.dueNs(firstCheckNs, storeCheckNs)
                        : store.dueNs(startNs, storeRefreshNs);
        return Math.max(byAge, budget.freeNs());
    }

    /** When {@link #tick} has something to do, at the latest. */
    public long nextNs() {
        long sharedNs = shared.inFlight() ? shared.wakeNs() : sharedDueNs();
        long storeNs = store.inFlight() ? store.wakeNs() : storeDueNs();
        return disk.sentEver() ? Math.min(sharedNs, storeNs) : startNs;
    }

    /** Somebody says that there is a table of that version. */
    public List<Step> hint(Version version, long nowNs) {
        if (version.supersedes(held.table().version()) && version.supersedes(wanted)) {
            wanted = version;
            sharedMissed = false;
            shared.chase();
            store.chaseNoMore();
            if (!sharedServes) {
                store.chase();
            }
        }
        return tick(nowNs);
    }

    /**
     * The answer to a read; also one that comes late, or twice.
     *
     * @param id of the read
     */
    public List<Step> answered(Level level, long id, Answer answer, long nowNs) {
        List<Step> steps = new ArrayList<>();
        LevelReads reads = of(level);
        if (answer instanceof Answer.Found found) {
            adopt(level, found.table(), steps);
        }
        if (reads.awaits(id)) {
            boolean inTime = reads.answered();
            confirm(level, reads.sentNs(), answer);
            if (inTime && level == Level.SHARED) {
                sharedAnswered(answer, nowNs, steps);
            } else if (inTime && level == Level.STORE) {
                storeAnswered(answer, nowNs);
            }
        }
        steps.addAll(tick(nowNs));
        return steps;
    }

    private void adopt(Level level, AssignmentTable table, List<Step> steps) {
        if (!table.version().supersedes(held.table().version())) {
            return;
        }
        held = new Held(table, level, false, held.confirmedNs());
        steps.add(new Step.Adopt(held));
        if (!wanted.supersedes(table.version())) {
            shared.chaseNoMore();
            store.chaseNoMore();
        }
    }

    /** What a level said at the time of its answer it knew when the read was sent, at the least. */
    private void confirm(Level level, long sentNs, Answer answer) {
        long ageNs = ageNs(answer);
        boolean same = version(answer).equals(held.table().version());
        if (level == Level.DISK || !same || held.table().version().equals(Version.NONE)) {
            return;
        }
        long certainNs = Math.max(startNs, sentNs - Math.min(ageNs, sentNs - startNs));
        held =
                new Held(
                        held.table(),
                        held.from(),
                        held.confirmed() || ageNs <= sentNs - startNs || level == Level.STORE,
                        Math.max(held.confirmedNs(), certainNs));
    }

    private void sharedAnswered(Answer answer, long nowNs, List<Step> steps) {
        sharedKnown = true;
        if (answer instanceof Answer.Down || answer instanceof Answer.Refused) {
            sharedFailed(nowNs);
            return;
        }
        shared.worked();
        boolean behind = held.table().version().supersedes(version(answer));
        sharedServes =
                !behind && !(answer instanceof Answer.Empty) && ageNs(answer) <= storeCheckNs;
        if (behind && held.confirmed()) {
            steps.add(new Step.Fill(held.table()));
        }
        if (wanted.supersedes(held.table().version()) && !sharedMissed) {
            sharedMissed = true;
            store.chase();
        }
    }

    private void sharedFailed(long nowNs) {
        sharedKnown = true;
        sharedServes = false;
        shared.failed(nowNs, refreshNs);
        if (wanted.supersedes(held.table().version()) && !sharedMissed) {
            sharedMissed = true;
            store.chase();
        }
    }

    private void storeAnswered(Answer answer, long nowNs) {
        if (answer instanceof Answer.Down || answer instanceof Answer.Refused) {
            store.failed(nowNs, storeRefreshNs);
        } else {
            store.worked();
        }
    }

    private static Version version(Answer answer) {
        if (answer instanceof Answer.Found found) {
            return found.table().version();
        }
        return answer instanceof Answer.NoNewer old ? old.version() : Version.NONE;
    }

    private static long ageNs(Answer answer) {
        if (answer instanceof Answer.Found found) {
            return found.ageNs();
        }
        return answer instanceof Answer.NoNewer old ? old.ageNs() : Long.MAX_VALUE;
    }
}
