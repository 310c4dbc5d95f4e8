package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.record.ForwardingVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;

/**
 * Finds the records whose lines a server could not read, by writing the lines again.
 *
 * <p>Threading: confined to one thread.
 */
final class LineSearch extends ForwardingVisitor {

    private final WriteBuffer line;
    private final Set<String> wanted;
    private final BitSet found = new BitSet();
    private int record;

    LineSearch(WriteBuffer line, LineMapping mapping, Set<String> wanted) {
        super(new LineWriter(line, mapping));
        this.line = line;
        this.wanted = wanted;
    }

    /** Numbers of the records that were found, from 0. */
    BitSet found() {
        return found;
    }

    @Override
    public void endRecord() {
        super.endRecord();
        int length = line.length() - 1;
        if (length > 0
                && wanted.contains(new String(line.array(), 0, length, StandardCharsets.UTF_8))) {
            found.set(record);
        }
        record++;
        line.clear();
    }
}
