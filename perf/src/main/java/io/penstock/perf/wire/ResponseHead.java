package io.penstock.perf.wire;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What one response over HTTP/2 has said so far in headers and trailers. */
final class ResponseHead {
    private static final int ABSENT = -1;
    private static final int GRPC_RESOURCE_EXHAUSTED = 8;
    private static final int GRPC_UNAVAILABLE = 14;
    private static final int LEAST_RETRY_MS = 1;

    private int status = ABSENT;
    private int grpcStatus = ABSENT;
    private long retryAfterMs;
    private String message = "";
    private @Nullable String details;

    void clear() {
        status = ABSENT;
        grpcStatus = ABSENT;
        retryAfterMs = 0;
        message = "";
        details = null;
    }

    /** Takes one header in; those that do not matter here are passed over. */
    void header(String name, String value) {
        switch (name) {
            case ":status" -> status = Integer.parseInt(value);
            case "grpc-status" -> grpcStatus = Integer.parseInt(value);
            case "grpc-message" -> message = value;
            case "grpc-status-details-bin" -> details = value;
            case "penstock-retry-after-ms" -> retryAfterMs = Long.parseLong(value);
            default -> {}
        }
    }

    /** Takes over what a block said that was decoded before. */
    void merge(ResponseHead block) {
        status = block.status == ABSENT ? status : block.status;
        grpcStatus = block.grpcStatus == ABSENT ? grpcStatus : block.grpcStatus;
        retryAfterMs = Math.max(retryAfterMs, block.retryAfterMs);
        message = block.message.isEmpty() ? message : block.message;
        details = block.details == null ? details : block.details;
    }

    /** The meaning of the whole response. */
    Answer answer(boolean grpc) throws IOException {
        if (!grpc || status != 200) {
            return HttpStatus.answer(status, retryAfterMs, message);
        }
        if (grpcStatus == 0) {
            return Answer.TAKEN;
        }
        boolean hinted = details != null;
        if (grpcStatus == GRPC_UNAVAILABLE || (grpcStatus == GRPC_RESOURCE_EXHAUSTED && hinted)) {
            return Answer.refused(Math.max(LEAST_RETRY_MS, retryDelayMs()), message);
        }
        return Answer.failed("gRPC status " + grpcStatus + " " + message);
    }

    /**
     * {@code google.rpc.Status.details[0]}, a {@code google.rpc.RetryInfo}, read by field numbers.
     */
    private long retryDelayMs() throws IOException {
        if (details == null) {
            return 0;
        }
        byte[] any = field(3, Base64.getDecoder().decode(details));
        CodedInputStream delay = CodedInputStream.newInstance(field(1, field(2, any)));
        long ms = 0;
        for (int tag = delay.readTag(); tag != 0; tag = delay.readTag()) {
            long value = delay.readInt64();
            ms += tag >>> 3 == 1 ? value * 1000 : value / 1_000_000;
        }
        return ms;
    }

    private static byte[] field(int number, byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == number) {
                return in.readByteArray();
            }
            in.skipField(tag);
        }
        return new byte[0];
    }
}
