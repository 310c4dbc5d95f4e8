package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.RecordVisitor;

/**
 * A dead letter that is delivered again, under the id it had when it was rejected.
 *
 * <p>Threading: confined to the export's context.
 */
final class LetterDelivery extends LentDelivery {
    private final DeadLetter letter;
    private final RecordReader reader;

    LetterDelivery(DeadLetter letter, RecordReader reader) {
        // It was offered at least once, or was never offered because it was given up.
        super(letter.delivery(), 1);
        this.letter = letter;
        this.reader = reader;
    }

    @Override
    public int records() {
        return letter.records();
    }

    @Override
    public long bytes() {
        return letter.content().body().length;
    }

    @Override
    public void read(RecordVisitor visitor) {
        checkLent();
        byte[] body = letter.content().body();
        reader.wrap(letter.content().encoding(), body, 0, body.length, letter.arrivedMs())
                .read(visitor);
    }

    @Override
    public void readRaw(RawVisitor visitor) {
        checkLent();
        byte[] body = letter.content().body();
        visitor.piece(letter.content().encoding(), letter.records(), body, 0, body.length);
    }
}
