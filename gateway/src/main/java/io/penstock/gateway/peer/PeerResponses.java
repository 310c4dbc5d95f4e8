package io.penstock.gateway.peer;

import io.penstock.exporter.relay.Away;
import io.penstock.exporter.sink.Outcome;
import io.penstock.gateway.grpc.GrpcFramer;
import io.penstock.proto.peer.v1.DeliverResponse;
import io.penstock.proto.peer.v1.Delivered;
import io.penstock.proto.peer.v1.NotOwner;
import io.penstock.proto.peer.v1.PerRecord;
import io.penstock.proto.peer.v1.Rejected;
import io.penstock.proto.peer.v1.Retry;
import io.penstock.proto.peer.v1.RetryCause;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.List;

/** {@code DeliverResponse} as bytes and back. Threading: any thread. */
final class PeerResponses {
    private PeerResponses() {}

    /**
     * A framed response.
     *
     * @param table what this node goes by, for who asked the wrong one
     */
    static Buffer encode(long number, Outcome outcome, TableVersion table) {
        DeliverResponse.Builder response = DeliverResponse.newBuilder().setNumber(number);
        if (outcome == Away.NOT_OWNER) {
            response.setNotOwner(NotOwner.newBuilder().setTable(table.message()));
        } else if (outcome instanceof Outcome.Delivered) {
            response.setDelivered(Delivered.getDefaultInstance());
        } else if (outcome instanceof Outcome.Retry retry) {
            response.setRetry(
                    Retry.newBuilder()
                            .setAfterMs(retry.afterMs())
                            .setWhy(retry.why())
                            .setCause(cause(retry.cause())));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            response.setRejected(Rejected.newBuilder().setWhy(rejected.why()));
        } else if (outcome instanceof Outcome.PerRecord answers) {
            response.setPerRecord(perRecord(answers));
        }
        byte[] message = response.build().toByteArray();
        return Buffer.buffer(GrpcFramer.PREFIX_BYTES + message.length)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }

    private static PerRecord.Builder perRecord(Outcome.PerRecord answers) {
        PerRecord.Builder message =
                PerRecord.newBuilder()
                        .setAfterMs(answers.afterMs())
                        .setWhy(answers.why())
                        .setCause(cause(answers.cause()));
        answers.again().stream().forEach(message::addAgain);
        answers.refused().stream().forEach(message::addRefused);
        return message;
    }

    private static RetryCause cause(Outcome.Cause cause) {
        return switch (cause) {
            case BUSY -> RetryCause.RETRY_CAUSE_BUSY;
            case SLOW -> RetryCause.RETRY_CAUSE_SLOW;
            case DOWN -> RetryCause.RETRY_CAUSE_DOWN;
            case FAULT -> RetryCause.RETRY_CAUSE_FAULT;
            case AWAY -> RetryCause.RETRY_CAUSE_AWAY;
        };
    }

    /** What a response says. */
    static Outcome outcome(DeliverResponse response) {
        return switch (response.getAnswerCase()) {
            case DELIVERED -> Outcome.DELIVERED;
            case RETRY ->
                    new Outcome.Retry(
                            response.getRetry().getAfterMs(),
                            response.getRetry().getWhy(),
                            cause(response.getRetry().getCause()));
            case REJECTED -> new Outcome.Rejected(response.getRejected().getWhy());
            case PER_RECORD -> perRecord(response.getPerRecord());
            case NOT_OWNER -> Away.NOT_OWNER;
            case ANSWER_NOT_SET -> Away.of("the owner answered what this version does not know");
        };
    }

    private static Outcome perRecord(PerRecord answers) {
        return new Outcome.PerRecord(
                bits(answers.getAgainList()),
                bits(answers.getRefusedList()),
                answers.getAfterMs(),
                answers.getWhy(),
                cause(answers.getCause()));
    }

    private static BitSet bits(List<Integer> numbers) {
        BitSet bits = new BitSet();
        // a number with its top bit set is negative here, and would be no record in any case
        numbers.stream().filter(number -> number >= 0).forEach(bits::set);
        return bits;
    }

    private static Outcome.Cause cause(RetryCause cause) {
        return switch (cause) {
            case RETRY_CAUSE_BUSY -> Outcome.Cause.BUSY;
            case RETRY_CAUSE_SLOW -> Outcome.Cause.SLOW;
            case RETRY_CAUSE_DOWN -> Outcome.Cause.DOWN;
            case RETRY_CAUSE_AWAY -> Outcome.Cause.AWAY;
            case RETRY_CAUSE_FAULT, RETRY_CAUSE_UNSPECIFIED, UNRECOGNIZED -> Outcome.Cause.FAULT;
        };
    }
}
