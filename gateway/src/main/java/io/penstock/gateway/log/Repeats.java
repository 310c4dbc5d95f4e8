package io.penstock.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Lets the same line through so often per interval, and says at its end how many more there were.
 * The same are lines of one logger, level and template about one subject; those for people who look
 * for a fault (debug, trace) are not counted.
 *
 * <p>Threading: any thread; a short lock.
 */
final class Repeats extends Filter<ILoggingEvent> {
    /** Kinds of lines that are counted at once; the one that began first is closed for another. */
    static final int MOST_KEYS = 1024;

    private static final Marker SUM = MarkerFactory.getDetachedMarker("penstock.repeats");

    private final int burst;
    private final long intervalNs;
    private final LongSupplier nowNs;
    private final Consumer<ILoggingEvent> out;

    // Guarded by itself; in the order in which their intervals began.
    private final Map<Key, Count> counts = new LinkedHashMap<>();

    // Guarded by the counts: those that are over and not said yet.
    private final List<Count> closed = new ArrayList<>();

    private record Key(String logger, Level level, String template, Map<String, String> subject) {}

    /** Lines of a kind in its interval. */
    private static final class Count {
        private final long endNs;
        private int lines;
        private ILoggingEvent last;

        Count(long endNs, ILoggingEvent first) {
            this.endNs = endNs;
            this.last = first;
        }
    }

    /**
     * A filter.
     *
     * @param burst lines of a kind that are let through
     * @param intervalNs from its first on
     * @param out takes the sums; what it takes comes by here again
     */
    Repeats(int burst, long intervalNs, LongSupplier nowNs, Consumer<ILoggingEvent> out) {
        this.burst = burst;
        this.intervalNs = intervalNs;
        this.nowNs = nowNs;
        this.out = out;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)
                || (markers != null && markers.contains(SUM))) {
            return FilterReply.NEUTRAL;
        }
        long now = nowNs.getAsLong();
        Key key =
                new Key(
                        event.getLoggerName(),
                        event.getLevel(),
                        String.valueOf(event.getMessage()),
                        Subjects.of(event));
        synchronized (counts) {
            close(now, key);
            Count count = counts.computeIfAbsent(key, k -> new Count(now + intervalNs, event));
            count.lines++;
            boolean passes = count.lines <= burst;
            count.last = passes ? count.last : event;
            return passes ? FilterReply.NEUTRAL : FilterReply.DENY;
        }
    }

    /**
     * Says what was left out in intervals that are over. Not done by whoever logs: an appender
     * takes no line while it takes one.
     */
    void sweep() {
        List<Count> over;
        synchronized (counts) {
            closeEnded(nowNs.getAsLong());
            over = List.copyOf(closed);
            closed.clear();
        }
        over.forEach(this::sum);
    }

    private void close(long now, Key key) {
        closeEnded(now);
        if (counts.size() >= MOST_KEYS && !counts.containsKey(key)) {
            Iterator<Count> eldest = counts.values().iterator();
            close(eldest.next());
            eldest.remove();
        }
    }

    private void closeEnded(long now) {
        Iterator<Count> all = counts.values().iterator();
        while (all.hasNext()) {
            Count count = all.next();
            if (now - count.endNs < 0) {
                break; // all intervals are equally long
            }
            close(count);
            all.remove();
        }
    }

    private void close(Count count) {
        if (count.lines > burst && closed.size() < MOST_KEYS) {
            closed.add(count);
        }
    }

    private void sum(Count count) {
        int more = count.lines - burst;
        ILoggingEvent last = count.last;
        LoggingEvent sum = new LoggingEvent();
        sum.setLoggerName(last.getLoggerName());
        sum.setLoggerContextRemoteView(last.getLoggerContextVO());
        sum.setLevel(last.getLevel());
        sum.setThreadName(last.getThreadName());
        sum.setInstant(last.getInstant());
        sum.setMessage(last.getMessage() + " (and " + more + " more like this)");
        sum.setArgumentArray(last.getArgumentArray());
        sum.setMDCPropertyMap(last.getMDCPropertyMap());
        sum.addMarker(SUM);
        out.accept(sum);
    }
}
