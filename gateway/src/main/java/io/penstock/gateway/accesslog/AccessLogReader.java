package io.penstock.gateway.accesslog;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.AccessLogParser;
import io.penstock.exporter.accesslog.MalformedLine;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Makes batches of a stream of access-log lines. Blank lines are passed over; lines that are
 * malformed, or over {@link #MAX_LINE_BYTES}, are reported and left out.
 *
 * <p>Threading: confined to one thread, which waits for the stream.
 */
public final class AccessLogReader {

    /** Longest line; servers cut theirs at 8 to 64 KiB. */
    public static final int MAX_LINE_BYTES = 65_536;

    private final InputStream in;
    private final AccessLogParser parser;
    private final Consumer<MalformedLine> malformed;
    private final byte[] buffer = new byte[MAX_LINE_BYTES + 2];
    private int start;
    private int end;
    private boolean ended;
    private long number;

    /**
     * A reader.
     *
     * @param malformed hears of lines that are left out, while {@link #fill} runs
     */
    public AccessLogReader(
            InputStream in, AccessLogFormat format, Consumer<MalformedLine> malformed) {
        this.in = in;
        this.parser = new AccessLogParser(format);
        this.malformed = malformed;
    }

    /**
     * Adds lines to a batch, whose fields must have been {@linkplain AccessLogField#announce
     * announced}, until it has {@code maxRecords} records or at least {@code enoughBytes} bytes, or
     * the stream ends.
     *
     * @return false when the stream has ended and the batch has no record
     */
    public boolean fill(BatchBuilder batch, int maxRecords, int enoughBytes) throws IOException {
        while (batch.records() < maxRecords && batch.bytes() < enoughBytes) {
            int feed = nextLine();
            if (feed < 0) {
                break;
            }
            take(feed, batch);
        }
        return batch.records() > 0;
    }

    private void take(int feed, BatchBuilder batch) throws IOException {
        number++;
        int lineEnd = feed > start && buffer[feed - 1] == '\r' ? feed - 1 : feed;
        if (feed == buffer.length) {
            malformed.accept(
                    new MalformedLine(
                            number,
                            MAX_LINE_BYTES + 1,
                            "the line has over " + MAX_LINE_BYTES + " bytes"));
            skipLine();
            return;
        }
        if (!blank(start, lineEnd)) {
            MalformedLine fault = parser.parse(number, buffer, start, lineEnd, batch);
            if (fault != null) {
                malformed.accept(fault);
            }
        }
        start = Math.min(feed + 1, end);
    }

    /**
     * Index of the next LF, of the end of the last line, or of the buffer's end for a line that it
     * does not hold; -1 when there is no more.
     */
    private int nextLine() throws IOException {
        int from = start;
        while (true) {
            int feed = Words.indexOf(buffer, from, end, (byte) '\n');
            if (feed < end) {
                return feed;
            }
            if (ended) {
                return start < end ? end : -1;
            }
            int before = end - start;
            if (!more()) {
                return buffer.length;
            }
            from = start + before;
        }
    }

    /** Reads more of the stream behind what there is; false when the buffer is full of one line. */
    private boolean more() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            return false;
        }
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(read, 0);
        return true;
    }

    private void skipLine() throws IOException {
        int feed = end;
        while (feed == end && !ended) {
            start = end;
            more();
            feed = Words.indexOf(buffer, start, end, (byte) '\n');
        }
        start = Math.min(feed + 1, end);
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
