package io.penstock.gateway.accesslog;

import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.accesslog.AccessLogTime;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.record.WriteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes up the access log of a busy site: lines of {@link AccessLogFormat#COMBINED}, or the records
 * that such lines would be parsed into, about 200 bytes each. The same seed and time make the same
 * requests, in either form.
 *
 * <p>Threading: confined to one thread.
 */
public final class AccessLogGenerator {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final byte[] DASH = {'-'};

    private final SplittableRandom random;
    private final Site site;
    private final byte[] timeText = new byte[AccessLogTime.BYTES];
    private long second;

    // The request in hand; null is a dash.
    private byte[] client = DASH;
    private byte @Nullable [] user;
    private byte[] method = DASH;
    private byte[] path = DASH;
    private byte @Nullable [] query;
    private byte[] protocol = DASH;
    private int status;
    private long bodyBytes;
    private byte @Nullable [] referer;
    private byte[] agent = DASH;

    /** A generator whose requests happen at {@code epochSecond} until {@link #at} is called. */
    public AccessLogGenerator(long seed, long epochSecond) {
        random = new SplittableRandom(seed);
        site = new Site(random.split());
        at(epochSecond);
    }

    /** Sets the time of the requests that follow, in seconds since the epoch. */
    public void at(long epochSecond) {
        second = epochSecond;
        AccessLogTime.put(timeText, 0, LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC));
    }

    private void draw() {
        long bits = random.nextLong();
        client = pick(site.clients, bits);
        user = (bits >>> 12 & 15) == 0 ? pick(site.users, bits >>> 16) : null;
        method = pick(site.methods, bits >>> 18);
        path = site.paths[site.visits[(int) (bits >>> 21) & site.visits.length - 1]];
        query = (bits >>> 35 & 3) == 0 ? pick(site.queries, bits >>> 37) : null;
        protocol = pick(site.protocols, bits >>> 39 & 0xff);
        status = site.statuses[(int) (bits >>> 47 & 0xff) % site.statuses.length];
        long more = random.nextLong();
        // Bodies spread evenly over the orders of magnitude up to 256 KiB; 304 has none.
        bodyBytes = status == 304 ? 0 : (more & 0x3ffff) >>> (int) (more >>> 18 & 15);
        referer = pick(site.referers, more >>> 24 & 0xff);
        referer = referer.length == 1 ? null : referer;
        agent = pick(site.agents, more >>> 32 & 0xffff);
    }

    private static byte[] pick(byte[][] from, long bits) {
        return from[(int) (bits & 0xffff) % from.length];
    }

    /** Appends one line, ended by LF. */
    public void line(WriteBuffer out) {
        draw();
        put(out, client);
        out.put((byte) ' ');
        out.put((byte) '-');
        out.put((byte) ' ');
        put(out, user);
        out.put((byte) ' ');
        out.put((byte) '[');
        put(out, timeText);
        out.put((byte) ']');
        out.put((byte) ' ');
        out.put((byte) '"');
        put(out, method);
        out.put((byte) ' ');
        put(out, path);
        if (query != null) {
            out.put((byte) '?');
            put(out, query);
        }
        out.put((byte) ' ');
        put(out, protocol);
        out.put((byte) '"');
        out.put((byte) ' ');
        out.putDecimal(status);
        out.put((byte) ' ');
        putBodyBytes(out);
        quoted(out, referer);
        quoted(out, agent);
        out.put((byte) '\n');
    }

    private void putBodyBytes(WriteBuffer out) {
        if (bodyBytes == 0) {
            out.put((byte) '-');
        } else {
            out.putDecimal(bodyBytes);
        }
    }

    private static void quoted(WriteBuffer out, byte @Nullable [] text) {
        out.put((byte) ' ');
        out.put((byte) '"');
        put(out, text);
        out.put((byte) '"');
    }

    private static void put(WriteBuffer out, byte @Nullable [] text) {
        byte[] bytes = text == null ? DASH : text;
        out.put(bytes, 0, bytes.length);
    }

    /** Adds one record to a batch whose fields were {@link AccessLogField#announce announced}. */
    public void record(BatchBuilder batch) {
        draw();
        batch.startRecord(second * NANOS_PER_SECOND);
        text(batch, AccessLogField.CLIENT, client);
        text(batch, AccessLogField.IDENT, null);
        text(batch, AccessLogField.USER, user);
        text(batch, AccessLogField.TIME_LOCAL, timeText);
        text(batch, AccessLogField.METHOD, method);
        text(batch, AccessLogField.PATH, path);
        text(batch, AccessLogField.QUERY, query);
        text(batch, AccessLogField.PROTOCOL, protocol);
        batch.intValue(AccessLogField.STATUS.number(), status);
        if (bodyBytes == 0) {
            batch.nullValue(AccessLogField.BYTES.number());
        } else {
            batch.intValue(AccessLogField.BYTES.number(), bodyBytes);
        }
        text(batch, AccessLogField.REFERER, referer);
        text(batch, AccessLogField.AGENT, agent);
        batch.endRecord();
    }

    private static void text(RecordVisitor batch, AccessLogField field, byte @Nullable [] text) {
        if (text == null) {
            batch.nullValue(field.number());
        } else {
            batch.stringValue(field.number(), text, 0, text.length);
        }
    }
}
