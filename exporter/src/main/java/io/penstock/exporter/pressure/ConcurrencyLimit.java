package io.penstock.exporter.pressure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the fewest deliveries in flight that get the most done. Response times propose, and
 * throughput decides: where they show a queue, the level below is tried and kept if it gets as much
 * done; after a while the level above is tried and kept if it gets more done. A target that asks
 * for less gets less without a trial.
 *
 * <p>Threading: confined to the export's context.
 */
final class ConcurrencyLimit {
    /** Fewer in flight are kept when they get at least this share done. */
    private static final double SAME = 0.97;

    /** More in flight are kept when they get at least so much more done. */
    private static final double MORE = 1.05;

    /** A mean response time of so many times the lowest mean shows a queue. */
    private static final double QUEUE = 1.15;

    /** Response times that fell to this share show that the target has become faster. */
    private static final double FASTER = 0.7;

    /** A trial that did not pay is repeated after so many times what it took, at the earliest. */
    private static final int TRIAL_SHARE = 10;

    /** After a trial that cost a wait the next one comes after so many times the wait. */
    private static final int WISH_SHARE = 20;

    /** Below, a gap of a quarter is searched further: what is too many costs little. */
    private static final int GAP_BELOW = 4;

    /** Above, a gap of an eighth: what is too few costs throughput. */
    private static final int GAP_ABOVE = 8;

    private enum Trial {
        NONE,
        LESS,
        MORE
    }

    /** What a level was measured to do, and by how many answers. */
    private record Known(int level, double throughput, double meanNs, int answers) {}

    private final Levels levels;
    private final long tryMoreAfterNs;
    private final LimitChange.Listener listener;
    private final Measure measure = new Measure();
    private final LowestMean lowest = new LowestMean();
    private final FirstTurn firstTurn = new FirstTurn();

    private int level;
    private Trial trial = Trial.NONE;
    private long trialSinceNs;
    private @Nullable Known known;

    // Mean of the known level when it came to be known: what is known since has followed slow
    // changes, such as those of a process that warms up
    private double firstMeanNs;

    // Where a trial came from; what it is judged by
    private @Nullable Known from;
    private double reference;

    // The last levels that were tried in vain, 0 for none: the search goes on between them
    private int tooFew;
    private int tooMany;

    private long lessAtNs = Long.MIN_VALUE;
    private long moreAtNs = Long.MIN_VALUE;
    private boolean settled;
    private int beforeRefusal;
    private @Nullable Known knownBeforeRefusal;

    ConcurrencyLimit(Levels levels, long tryMoreAfterNs, LimitChange.Listener listener) {
        this.levels = levels;
        this.tryMoreAfterNs = tryMoreAfterNs;
        this.listener = listener;
        level = levels.max();
        // What goes out at once in the beginning meets an idle target: that is not how it goes on.
        measure.restart(level, level);
    }

    int level() {
        return level;
    }

    /** Whether response times do not come from a queue, as far as is known. */
    boolean isSettled() {
        return settled;
    }

    boolean isLowest() {
        return level == levels.min();
    }

    /**
     * A delivery was answered.
     *
     * @param inFlight deliveries in flight, this one included
     */
    void answered(long nowNs, long tookNs, long bytes, int inFlight) {
        beforeRefusal = 0;
        measure.answered(tookNs, bytes, inFlight >= level);
        firstTurn.answered(nowNs, tookNs, inFlight >= level);
        boolean unknown = known == null && trial == Trial.NONE && !isLowest();
        if (unknown && firstTurn.isStuck(nowNs, level)) {
            move(levels.half(level), Signal.RESPONSE_TIME, "less than half of a turn is back");
            measure.restart(level, inFlight - 1);
            firstTurn.restart(nowNs);
        } else if (measure.isIdle()) {
            giveUpTrial(nowNs, inFlight);
        } else if (trial == Trial.NONE ? measure.isFull() : measure.tellsFrom(reference)) {
            judge(nowNs, inFlight);
        }
    }

    private void judge(long nowNs, int inFlight) {
        Known here = measured();
        // A trial that was judged early may owe that to luck: too low a mean would stay for
        // minutes.
        lowest.note(nowNs, level, measure.isFull() ? here.meanNs() : Double.POSITIVE_INFINITY);
        boolean pays = trial == Trial.NONE || here.throughput() >= reference;
        Known before = known;
        boolean same = before != null && before.level() == level;
        boolean faster = same && here.meanNs() < FASTER * firstMeanNs;
        Trial kept = pays ? trial : Trial.NONE;
        if (pays) {
            known = trial == Trial.NONE && !faster ? blended(here) : here;
            kept(nowNs);
        } else {
            back(nowNs, here);
        }
        Known after = known;
        if (after != null && (faster || before == null || before.level() != after.level())) {
            firstMeanNs = after.meanNs();
        }
        trial = Trial.NONE;
        next(nowNs, faster, kept);
        measure.restart(level, inFlight - 1);
        firstTurn.restart(nowNs);
    }

    private Known measured() {
        return new Known(level, measure.throughput(), measure.meanNs(), measure.answers());
    }

    /** Of the same level the older measure counts too, by its answers, and no more than as much. */
    private Known blended(Known here) {
        Known before = known;
        if (before == null || before.level() != level) {
            return here;
        }
        double old = Math.min(before.answers(), here.answers());
        double share = old / (old + here.answers());
        return new Known(
                level,
                share * before.throughput() + (1 - share) * here.throughput(),
                share * before.meanNs() + (1 - share) * here.meanNs(),
                here.answers());
    }

    /** The trial paid: on in the same direction, and for a while not back. */
    private void kept(long nowNs) {
        if (trial == Trial.MORE) {
            moreAtNs = nowNs;
            lessAtNs = nowNs + tryMoreAfterNs;
            tooMany = tooMany > level ? tooMany : 0;
        } else if (trial == Trial.LESS) {
            lessAtNs = nowNs;
            moreAtNs = nowNs + tryMoreAfterNs;
            tooFew = tooFew < level ? tooFew : 0;
        }
    }

    /** The trial did not pay. */
    private void back(long nowNs, Known here) {
        Known before = from == null ? here : from;
        long pauseNs = Math.max(tryMoreAfterNs, TRIAL_SHARE * (nowNs - trialSinceNs));
        if (trial == Trial.MORE) {
            tooMany = here.level();
            moreAtNs = nowNs + pauseNs;
        } else {
            tooFew = here.level();
            lessAtNs = between(tooFew, before.level(), GAP_BELOW) ? nowNs : nowNs + pauseNs;
        }
        known = before;
        move(before.level(), Signal.THROUGHPUT, rates(before, here));
    }

    /** What to try next, if anything. */
    private void next(long nowNs, boolean faster, Trial kept) {
        Known here = known;
        if (here == null) {
            return;
        }
        boolean queue =
                kept == Trial.LESS
                        || lowest.isOnly(nowNs, level)
                        || here.meanNs() > QUEUE * lowest.ns(nowNs)
                        || between(tooFew, level, GAP_BELOW);
        settled = isLowest() || !queue;
        if (!isLowest() && nowNs >= lessAtNs && queue) {
            // A chain of steps down is judged by where it began, or it would slip away bit by bit;
            // and by the best on its way: the target may have become another in between.
            double before = kept == Trial.LESS ? reference : 0;
            reference = Math.max(before, SAME * here.throughput());
            start(nowNs, Trial.LESS, here);
            move(below(), Signal.RESPONSE_TIME, times(here, nowNs));
        } else if (level < levels.max() && (nowNs >= moreAtNs || faster)) {
            reference = MORE * here.throughput();
            start(nowNs, Trial.MORE, here);
            move(above(), Signal.TRIAL, times(here, nowNs));
        }
    }

    /** Half-way to a level that was tried in vain, or one on the ladder. */
    private int below() {
        if (tooFew == 0) {
            return levels.half(level);
        }
        return between(tooFew, level, GAP_BELOW) ? (tooFew + level) / 2 : levels.below(level);
    }

    private int above() {
        int next = levels.above(level);
        return between(level, tooMany, GAP_ABOVE) ? Math.min(next, (tooMany + level) / 2) : next;
    }

    /** Whether a level between two of which one was tried in vain is worth a trial. */
    private boolean between(int few, int many, int gap) {
        return few > 0 && many - few > 1 && (many - few) * gap > few;
    }

    private void start(long nowNs, Trial kind, Known here) {
        trial = kind;
        trialSinceNs = nowNs;
        from = here;
    }

    /** Without load a trial cannot be judged. */
    private void giveUpTrial(long nowNs, int inFlight) {
        if (trial != Trial.NONE) {
            moreAtNs = Math.max(moreAtNs, nowNs + tryMoreAfterNs);
        }
        endTrial("no load to judge the trial by");
        measure.restart(level, inFlight - 1);
    }

    /** Back to where a trial came from, if there is one. */
    private void endTrial(String why) {
        Known before = from;
        if (trial != Trial.NONE && before != null) {
            trial = Trial.NONE;
            move(before.level(), Signal.THROUGHPUT, why);
        }
    }

    /**
     * The target asked for less, or did not answer in time; the first such sign in a row.
     *
     * @param wishNs how long the target wants to be left alone, or 0
     */
    void refused(long nowNs, Signal signal, long wishNs, String why) {
        beforeRefusal = level;
        knownBeforeRefusal = known;
        moreAtNs = nowNs + Math.max(tryMoreAfterNs, WISH_SHARE * wishNs);
        Known before = from;
        if (trial == Trial.MORE && before != null) {
            trial = Trial.NONE;
            beforeRefusal = before.level();
            tooMany = level;
            if (wishNs == 0 && between(before.level(), tooMany, GAP_ABOVE)) {
                moreAtNs = nowNs + tryMoreAfterNs / 4;
            }
            move(before.level(), signal, why);
        } else if (known == null) {
            moreAtNs = nowNs + tryMoreAfterNs / 4;
            move(levels.half(level), signal, why);
        } else {
            trial = Trial.NONE;
            known = null;
            tooFew = 0;
            move(levels.below(level), signal, why);
        }
        measure.restart(level, level);
    }

    /** What was measured up to now is void: the target is not what it was. */
    void interrupted(String why) {
        endTrial(why);
        measure.restart(level, level);
    }

    /** The target refuses a delivery alone too: the refusal said nothing about the limit. */
    void wasOutage(String why) {
        if (beforeRefusal > level) {
            known = knownBeforeRefusal;
            move(beforeRefusal, Signal.OUTAGE, why);
            measure.restart(level, level);
        }
        beforeRefusal = 0;
    }

    /** Deliveries are of another size from now on: response times of before say nothing. */
    void forget() {
        interrupted("deliveries are of another size now");
        known = null;
        tooFew = 0;
        tooMany = 0;
        lowest.clear();
        firstTurn.forget();
    }

    private void move(int to, Signal signal, String detail) {
        int before = level;
        level = to;
        if (to != before) {
            listener.changed(
                    new LimitChange(LimitChange.What.CONCURRENCY, before, to, signal, detail));
        }
    }

    private String times(Known here, long nowNs) {
        return String.format(
                Locale.ROOT,
                "%.1f ms, lowest %.1f ms",
                here.meanNs() / 1e6,
                lowest.ns(nowNs) / 1e6);
    }

    private static String rates(Known before, Known here) {
        return String.format(
                Locale.ROOT,
                "%.0f bytes/s with %d, %.0f with %d",
                before.throughput(),
                before.level(),
                here.throughput(),
                here.level());
    }
}
