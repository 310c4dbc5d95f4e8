package io.penstock.exporter.sink.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Base64;

/** {@code google.rpc.Status} with a RetryInfo of whole seconds, as a header. */
final class RetrySeconds {

    private RetrySeconds() {}

    static String of(int seconds) {
        UnknownFieldSet duration =
                UnknownFieldSet.newBuilder()
                        .addField(1, Field.newBuilder().addVarint(seconds).build())
                        .build();
        UnknownFieldSet info = message(1, duration.toByteString());
        ByteString type = ByteString.copyFromUtf8("type.googleapis.com/google.rpc.RetryInfo");
        UnknownFieldSet any =
                message(1, type).toBuilder().mergeFrom(message(2, info.toByteString())).build();
        return Base64.getEncoder().encodeToString(message(3, any.toByteString()).toByteArray());
    }

    private static UnknownFieldSet message(int field, ByteString content) {
        return UnknownFieldSet.newBuilder()
                .addField(field, Field.newBuilder().addLengthDelimited(content).build())
                .build();
    }
}
