package io.penstock.gateway.http;

import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.model.AckLevel;
import io.vertx.core.MultiMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What gRPC says in the envelope, said in headers.
 *
 * @param producerId {@code Penstock-Producer}, or 0
 * @param sequence {@code Penstock-Sequence}, or 0
 * @param ack {@code Penstock-Ack}
 * @param fault what is wrong with them, or null
 */
record PushHeaders(long producerId, long sequence, AckLevel ack, @Nullable Fault fault) {
    static final String PRODUCER = "Penstock-Producer";
    static final String SEQUENCE = "Penstock-Sequence";
    static final String ACK = "Penstock-Ack";

    private static final PushHeaders PLAIN = new PushHeaders(0, 0, AckLevel.STAGED, null);
    private static final int MAX_HEX_DIGITS = 16;
    private static final int MAX_DIGITS = 18;

    static PushHeaders read(MultiMap headers) {
        String producer = headers.get(PRODUCER);
        String sequence = headers.get(SEQUENCE);
        String ack = headers.get(ACK);
        if (producer == null && sequence == null && ack == null) {
            return PLAIN;
        }
        AckLevel level = level(ack);
        if (level == null) {
            return bad(ACK + " must be staged, synced or delivered");
        }
        if (producer == null && sequence == null) {
            return new PushHeaders(0, 0, level, null);
        }
        if (producer == null || sequence == null) {
            return bad(PRODUCER + " and " + SEQUENCE + " go together");
        }
        if (!digits(producer, 16, MAX_HEX_DIGITS)) {
            return bad(PRODUCER + " must be 1 to 16 hexadecimal digits");
        }
        if (!digits(sequence, 10, MAX_DIGITS)) {
            return bad(SEQUENCE + " must be 1 to 18 decimal digits");
        }
        return new PushHeaders(
                Long.parseUnsignedLong(producer, 16), Long.parseLong(sequence), level, null);
    }

    private static @Nullable AckLevel level(@Nullable String ack) {
        if (ack == null) {
            return AckLevel.STAGED;
        }
        return switch (ack.toLowerCase(Locale.ROOT)) {
            case "staged" -> AckLevel.STAGED;
            case "synced" -> AckLevel.SYNCED;
            case "delivered" -> AckLevel.DELIVERED;
            default -> null;
        };
    }

    private static boolean digits(String text, int radix, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    }

    private static PushHeaders bad(String message) {
        return new PushHeaders(0, 0, AckLevel.STAGED, Fault.of(FaultKind.MALFORMED, message));
    }
}
