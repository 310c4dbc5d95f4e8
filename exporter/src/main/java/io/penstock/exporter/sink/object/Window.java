package io.penstock.exporter.sink.object;

/**
 * The rows of one hour that will be one object, as far as they are whole on the local disk.
 *
 * <p>Threading: immutable; what an append makes of it is another.
 *
 * @param sequence names its file; larger is younger
 * @param hour of its records, hours since the epoch
 * @param openedMs when it was begun, epoch milliseconds
 * @param end bytes of its file that hold
 * @param range deliveries with rows in it
 * @param key key of its object; empty until it is sealed
 */
record Window(long sequence, long hour, long openedMs, long end, DeliveryRange range, String key) {

    boolean sealed() {
        return !key.isEmpty();
    }

    /** With one more delivery. */
    Window grown(long newEnd, DeliveryRange delivery) {
        return new Window(sequence, hour, openedMs, newEnd, range.with(delivery), key);
    }

    /** To be published under a key. */
    Window sealedAs(String newKey) {
        return new Window(sequence, hour, openedMs, end, range, newKey);
    }
}
