package io.penstock.exporter.push;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.vertx.core.MultiMap;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** When a server wants to be asked again. Threading: any thread. */
public final class RetryHint {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
    private static final long NONE = -1;

    private RetryHint() {}

    /** {@code google.rpc.RetryInfo} among the details of a gRPC status, in milliseconds, or -1. */
    public static long ofTrailers(@Nullable MultiMap trailers) {
        String details = trailers == null ? null : trailers.get("grpc-status-details-bin");
        if (details == null) {
            return NONE;
        }
        try {
            UnknownFieldSet status = parse(Base64.getDecoder().decode(details));
            for (var detail : status.getField(3).getLengthDelimitedList()) {
                UnknownFieldSet any = parse(detail.toByteArray());
                if (text(any, 1).equals(RETRY_INFO)) {
                    return delayMs(parse(bytes(any, 2)));
                }
            }
        } catch (IllegalArgumentException | InvalidProtocolBufferException garbage) {
            return NONE;
        }
        return NONE;
    }

    private static long delayMs(UnknownFieldSet retryInfo) throws InvalidProtocolBufferException {
        UnknownFieldSet duration = parse(bytes(retryInfo, 1));
        return number(duration, 1) * 1000 + number(duration, 2) / 1_000_000;
    }

    private static UnknownFieldSet parse(byte[] message) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(message);
    }

    private static byte[] bytes(UnknownFieldSet message, int field) {
        var values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? new byte[0] : values.get(0).toByteArray();
    }

    private static String text(UnknownFieldSet message, int field) {
        return new String(bytes(message, field), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long number(UnknownFieldSet message, int field) {
        var values = message.getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.get(0);
    }
}
