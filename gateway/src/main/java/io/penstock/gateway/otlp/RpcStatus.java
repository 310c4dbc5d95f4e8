package io.penstock.gateway.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.penstock.gateway.ingest.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * {@code google.rpc.Status}, with a {@code google.rpc.RetryInfo} where the client may come again,
 * by hand: three small messages are not worth a dependency.
 *
 * <pre>
 *   Status    { int32 code = 1; string message = 2; repeated Any details = 3; }
 *   Any       { string type_url = 1; bytes value = 2; }
 *   RetryInfo { Duration retry_delay = 1; }
 *   Duration  { int64 seconds = 1; int32 nanos = 2; }
 * </pre>
 *
 * <p>Threading: any thread.
 */
public final class RpcStatus {
    /** The type of the detail that says when to come again. */
    static final String TYPE_URL = "type.googleapis.com/google.rpc.RetryInfo";

    private static final int MILLIS_PER_SECOND = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private RpcStatus() {}

    /** The value of {@code grpc-status-details-bin}. */
    public static String header(int code, Fault fault) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes(code, fault));
    }

    /** The message itself. */
    public static byte[] bytes(int code, Fault fault) {
        ByteString status =
                message(
                        out -> {
                            out.writeInt32(1, code);
                            out.writeString(2, fault.message());
                            if (fault.retryAfterMs() >= 0) {
                                out.writeBytes(3, retryInfo(fault));
                            }
                        });
        return status.toByteArray();
    }

    /** An {@code Any} that holds a RetryInfo. */
    private static ByteString retryInfo(Fault fault) {
        ByteString delay =
                message(
                        out -> {
                            out.writeInt64(1, fault.retryAfterMs() / MILLIS_PER_SECOND);
                            out.writeInt32(
                                    2,
                                    (int) (fault.retryAfterMs() % MILLIS_PER_SECOND)
                                            * NANOS_PER_MILLI);
                        });
        ByteString info = message(out -> out.writeBytes(1, delay));
        return message(
                out -> {
                    out.writeString(1, TYPE_URL);
                    out.writeBytes(2, info);
                });
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static ByteString message(Fields fields) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException impossible) {
            // Memory does not fail to take bytes.
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteString();
    }
}
