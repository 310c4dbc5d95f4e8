package io.penstock.gateway.grpc;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.otlp.OtlpDoor;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.model.Receipt;
import org.jspecify.annotations.Nullable;

/** What a method of the hot path makes of a message. Threading: confined to one event loop. */
interface Method {

    /** Name for people. */
    String name();

    /** Whether it takes one request and gives one answer. */
    boolean unary();

    /** The repo of a message of which the first bytes are here, where they or headers tell. */
    @Nullable KnownRepo repo(Lane lane, ByteChunks start);

    /**
     * Has a slot take a message, which the slot gives back.
     *
     * @return what is wrong with it, or null when it may be offered
     */
    @Nullable Fault take(PushSlot slot, ByteChunks message, int budgeted);

    /** Whether a request without a record is a good one, with nothing to stage. */
    boolean allowsEmpty();

    /** Writes the answer to a request that went well. */
    void answer(PushSlot slot, Answers answers);

    /** How a fault is told. */
    Fault told(Fault fault);

    /** A method of {@code IngestService}. */
    record Push(String name, boolean unary) implements Method {
        @Override
        public @Nullable KnownRepo repo(Lane lane, ByteChunks start) {
            return lane.peek(start);
        }

        @Override
        public @Nullable Fault take(PushSlot slot, ByteChunks message, int budgeted) {
            return slot.request(message, budgeted);
        }

        @Override
        public boolean allowsEmpty() {
            return false;
        }

        @Override
        public void answer(PushSlot slot, Answers answers) {
            Receipt receipt = slot.receipt();
            if (receipt != null) {
                answers.add(slot.knownRepo(), receipt);
            }
        }

        @Override
        public Fault told(Fault fault) {
            return fault;
        }
    }

    /** {@code Export} of an OTLP service. */
    record Export(OtlpDoor door, OtlpSignal signal, OtlpDoor.Headers said) implements Method {
        @Override
        public String name() {
            return "Export";
        }

        @Override
        public @Nullable KnownRepo repo(Lane lane, ByteChunks start) {
            return door.repo(said);
        }

        @Override
        public boolean unary() {
            return true;
        }

        @Override
        public @Nullable Fault take(PushSlot slot, ByteChunks message, int budgeted) {
            return door.take(slot, signal, said, message, budgeted);
        }

        @Override
        public boolean allowsEmpty() {
            return true;
        }

        @Override
        public void answer(PushSlot slot, Answers answers) {
            answers.addEmpty();
        }

        /** RESOURCE_EXHAUSTED has OTLP clients come again, which is of no use here. */
        @Override
        public Fault told(Fault fault) {
            return fault.kind() == FaultKind.TOO_LARGE
                    ? new Fault(FaultKind.MALFORMED, fault.message(), fault.offset(), Fault.NEVER)
                    : fault;
        }
    }
}
