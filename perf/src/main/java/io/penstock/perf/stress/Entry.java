package io.penstock.perf.stress;

import io.penstock.exporter.ring.EntryView;
import io.penstock.exporter.ring.PutEntry;
import io.penstock.exporter.ring.SlotWriter;
import java.util.Arrays;

/** An entry whose every byte is its letter, so that a torn one is seen. */
final class Entry implements PutEntry {
    private static final int SMALL_BYTES = 100;

    private final byte[] body;
    private final long producer;
    private final long sequence;

    private Entry(char letter, int bytes, long producer, long sequence) {
        this.body = new byte[bytes];
        this.producer = producer;
        this.sequence = sequence;
        Arrays.fill(body, (byte) letter);
    }

    /** A small one without producer. */
    static Entry small(char letter) {
        return new Entry(letter, SMALL_BYTES, 0, 0);
    }

    /** One of many bytes. */
    static Entry large(char letter, int bytes) {
        return new Entry(letter, bytes, 0, 0);
    }

    /** A small one of a producer. */
    static Entry of(char letter, long producer, long sequence) {
        return new Entry(letter, SMALL_BYTES, producer, sequence);
    }

    /** The letter of a staged entry, or "torn". */
    static String read(EntryView view) {
        byte[] body = new byte[view.bodyBytes()];
        view.copyBody(body, 0);
        for (byte each : body) {
            if (each != body[0]) {
                return "torn";
            }
        }
        return Character.toString((char) body[0]);
    }

    @Override
    public int bodyBytes() {
        return body.length;
    }

    @Override
    public int records() {
        return 1;
    }

    @Override
    public byte encoding() {
        return 1;
    }

    @Override
    public long producerId() {
        return producer;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long arrivedMs() {
        return 1;
    }

    @Override
    public void writeBody(SlotWriter slot) {
        slot.put(body, 0, body.length);
    }
}
