package io.penstock.exporter.sink.kafka;

import io.penstock.model.DeliveryId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been delivered of the runs that may still be offered again: the metadata that each
 * transaction writes beside its records.
 *
 * <p>After a crash fan-out offers every run that was not committed again, whole and under the same
 * positions, though it may have been sliced or bisected before. So the records delivered of each
 * run are kept, not deliveries; whatever cut comes again is compared with them, and only what is
 * missing is sent. A run of which some records are dead letters has holes there, which stay
 * offered: a dead letter replayed by a person falls into one. An export has at most 48 runs open;
 * more are remembered.
 *
 * <pre>
 *   1 7f3a/10040-1a0c0/0-3e8 7f3a/1a0c0-20000/0-1f4,1f5-2ee
 *   |  |    |     |    '- records, ends exclusive
 *   |  |    '-----'------ positions of the run
 *   |  '----------------- epoch of the ring
 *   '-------------------- version; all other numbers in hexadecimal
 * </pre>
 *
 * <p>Threading: immutable.
 */
final class DeliveredRuns {
    /** Runs remembered, the latest ones; more than fan-out keeps open. */
    static final int MAX_RUNS = 64;

    /** Brokers take 4096 bytes of metadata by default (offset.metadata.max.bytes). */
    static final int MAX_TEXT_BYTES = 4_000;

    static final DeliveredRuns NONE = new DeliveredRuns(new LinkedHashMap<>());

    private static final String VERSION = "1";

    /** In the order of use, the longest untouched first. */
    private final Map<Run, RecordRanges> runs;

    private record Run(long epoch, long first, long end) {
        static Run of(DeliveryId id) {
            return new Run(id.epoch(), id.first(), id.end());
        }

        @Override
        public String toString() {
            return Long.toHexString(epoch)
                    + "/"
                    + Long.toHexString(first)
                    + "-"
                    + Long.toHexString(end);
        }

        static Run parse(String epoch, String positions) {
            String[] ends = positions.split("-", -1);
            if (ends.length != 2) {
                throw new IllegalArgumentException("not a run: " + positions);
            }
            return new Run(number(epoch), number(ends[0]), number(ends[1]));
        }

        private static long number(String hex) {
            return Long.parseUnsignedLong(hex, 16);
        }
    }

    private DeliveredRuns(Map<Run, RecordRanges> runs) {
        this.runs = runs;
    }

    /** Records of the delivery's run that are delivered, counted from the first of the run. */
    RecordRanges of(DeliveryId id) {
        return runs.getOrDefault(Run.of(id), RecordRanges.NONE);
    }

    /**
     * The same, and more records of a delivery's run. What no longer fits is forgotten, the longest
     * untouched run first: of that one a crash could leave a second copy.
     *
     * @param records counted from the first of the run
     */
    DeliveredRuns with(DeliveryId id, BitSet records) {
        Map<Run, RecordRanges> all = new LinkedHashMap<>(runs);
        RecordRanges before = all.remove(Run.of(id));
        all.put(Run.of(id), (before == null ? RecordRanges.NONE : before).with(records));
        List<Integer> lengths = new ArrayList<>();
        int bytes = VERSION.length();
        for (Map.Entry<Run, RecordRanges> each : all.entrySet()) {
            int length = text(each).length();
            lengths.add(length);
            bytes += length;
        }
        Iterator<Run> oldest = all.keySet().iterator();
        for (int length : lengths) {
            if (all.size() <= MAX_RUNS && bytes <= MAX_TEXT_BYTES) {
                break;
            }
            oldest.next();
            oldest.remove();
            bytes -= length;
        }
        return new DeliveredRuns(all);
    }

    private static String text(Map.Entry<Run, RecordRanges> run) {
        return " " + run.getKey() + "/" + run.getValue();
    }

    /** As metadata. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(VERSION);
        runs.entrySet().forEach(each -> text.append(text(each)));
        return text.toString();
    }

    /**
     * The way back.
     *
     * @throws IllegalArgumentException for a text of somebody else, or of a newer version
     */
    static DeliveredRuns parse(String text) {
        Map<Run, RecordRanges> runs = new LinkedHashMap<>();
        String[] words = text.split(" ", -1);
        if (!words[0].equals(VERSION)) {
            throw new IllegalArgumentException("not metadata of this version: " + text);
        }
        for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split("/", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not metadata: " + text);
            }
            runs.put(Run.parse(parts[0], parts[1]), RecordRanges.parse(parts[2]));
        }
        return new DeliveredRuns(runs);
    }
}
