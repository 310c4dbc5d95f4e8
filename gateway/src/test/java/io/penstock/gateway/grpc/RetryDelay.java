package io.penstock.gateway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Duration;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads google.rpc.RetryInfo out of a header, independently of how it was written. */
final class RetryDelay {
    private RetryDelay() {}

    /** The delay in milliseconds; -1 when there is none. */
    static long millis(@Nullable String header) throws IOException {
        if (header == null) {
            return -1;
        }
        CodedInputStream status = CodedInputStream.newInstance(Base64.getDecoder().decode(header));
        for (int tag = status.readTag(); tag != 0; tag = status.readTag()) {
            if (tag >>> 3 == 3) {
                Any any = Any.parseFrom(status.readBytes());
                if (any.getTypeUrl().equals("type.googleapis.com/google.rpc.RetryInfo")) {
                    return delay(any);
                }
            } else {
                status.skipField(tag);
            }
        }
        return -1;
    }

    private static long delay(Any any) throws IOException {
        CodedInputStream info = any.getValue().newCodedInput();
        info.readTag();
        Duration delay = Duration.parseFrom(info.readBytes());
        return delay.getSeconds() * 1000 + delay.getNanos() / 1_000_000;
    }
}
