package io.penstock.exporter.sink.object;

import io.penstock.model.DeliveryId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the first to the last of some deliveries, by position and record. No two windows of an hour
 * begin with the same delivery, so the range tells them apart.
 *
 * <p>Threading: immutable.
 *
 * @param epoch of the ring
 * @param first first position of the first delivery
 * @param from its first record
 * @param last end position of the last delivery
 * @param to record behind its last one
 */
record DeliveryRange(long epoch, long first, int from, long last, int to) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+)\\.([0-9a-f]+)-([0-9a-f]+)\\.([0-9a-f]+)");
    private static final int HEX = 16;

    static DeliveryRange of(DeliveryId id) {
        return new DeliveryRange(id.epoch(), id.first(), id.fromRecord(), id.end(), id.toRecord());
    }

    /** A text that was made by {@link #toString}. */
    static DeliveryRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a range of deliveries: " + text);
        }
        return new DeliveryRange(
                Long.parseUnsignedLong(matcher.group(1), HEX),
                Long.parseUnsignedLong(matcher.group(2), HEX),
                Integer.parseUnsignedInt(matcher.group(3), HEX),
                Long.parseUnsignedLong(matcher.group(4), HEX),
                Integer.parseUnsignedInt(matcher.group(5), HEX));
    }

    /** The range that holds both. */
    DeliveryRange with(DeliveryRange other) {
        boolean earlier = other.first < first || (other.first == first && other.from < from);
        boolean later = other.last > last || (other.last == last && other.to > to);
        return new DeliveryRange(
                epoch,
                earlier ? other.first : first,
                earlier ? other.from : from,
                later ? other.last : last,
                later ? other.to : to);
    }

    /** {@code epoch-first.from-last.to}, in lower-case hexadecimal. */
    @Override
    public String toString() {
        return Long.toHexString(epoch)
                + "-"
                + Long.toHexString(first)
                + "."
                + Integer.toHexString(from)
                + "-"
                + Long.toHexString(last)
                + "."
                + Integer.toHexString(to);
    }
}
