package io.penstock.exporter.ring;

import java.util.SplittableRandom;

/** A batch whose body can be told from its sequence: what was put must be what is taken. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Batch(long producerId, long sequence, int records, byte[] body) implements PutEntry {

    static Batch of(long producerId, long sequence, int bodyBytes) {
        byte[] body = new byte[bodyBytes];
        new SplittableRandom(producerId * 31 + sequence).nextBytes(body);
        return new Batch(producerId, sequence, 1 + (int) Math.floorMod(sequence, 5L), body);
    }

    static Batch numbered(long sequence, int bodyBytes) {
        return of(0, sequence, bodyBytes);
    }

    @Override
    public int bodyBytes() {
        return body.length;
    }

    @Override
    public byte encoding() {
        return 3;
    }

    @Override
    public long arrivedMs() {
        return 1_000_000 + sequence;
    }

    @Override
    public void writeBody(SlotWriter slot) {
        int half = body.length / 2;
        slot.put(body, 0, half);
        slot.put(body, half, body.length - half);
    }
}
