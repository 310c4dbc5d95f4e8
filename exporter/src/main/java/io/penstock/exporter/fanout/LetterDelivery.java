package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetter;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.transform.Verdicts;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is delivered again, under the id it had when it was rejected. It holds records
 * as they were staged, so the transforms run over them again, as they are now.
 *
 * <p>Threading: confined to the export's context.
 */
final class LetterDelivery extends LentDelivery {
    private final DeadLetter letter;
    private final @Nullable Verdicts verdicts;

    /**
     * A letter as a delivery.
     *
     * @throws io.penstock.exporter.record.MalformedBatchException when there are transforms and its
     *     records cannot be decoded
     */
    LetterDelivery(DeadLetter letter, ReadBuffers buffers) {
        // It was offered at least once, or was never offered because it was given up.
        super(letter.delivery(), 1, buffers);
        this.letter = letter;
        this.verdicts = judge();
    }

    @Override
    public int records() {
        return verdicts == null ? letter.records() : verdicts.passing();
    }

    @Override
    public int recordNumber(int record) {
        return id().fromRecord() + (verdicts == null ? record : verdicts.staged(record));
    }

    /** Records that a rule drops now. */
    int dropped() {
        return verdicts == null ? 0 : verdicts.dropped();
    }

    /** Why a record of it cannot be parsed, or an empty text. */
    String fault() {
        return verdicts == null ? "" : verdicts.faulty().values().stream().findFirst().orElse("");
    }

    @Override
    public long bytes() {
        return letter.content().body().length;
    }

    @Override
    void readStaged(RecordVisitor visitor) {
        checkLent();
        byte[] body = letter.content().body();
        buffers()
                .reader
                .wrap(letter.content().encoding(), body, 0, body.length, letter.arrivedMs())
                .read(visitor);
    }

    @Override
    void readStagedRaw(RawVisitor visitor) {
        checkLent();
        byte[] body = letter.content().body();
        visitor.arrived(letter.arrivedMs());
        visitor.piece(letter.content().encoding(), letter.records(), body, 0, body.length);
    }
}
