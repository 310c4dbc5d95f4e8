package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.RoutingHint;
import io.penstock.proto.ingest.v1.AssignmentVersion;
import io.penstock.proto.ingest.v1.PushResponse;
import java.util.List;

/** Makes hints once, so that answers only copy them. Threading: any thread. */
public final class HintFields {
    private HintFields() {}

    /** A hint of some owners. */
    public static RoutingHint hint(List<String> owners, long epoch, long sequence) {
        byte[] fields =
                PushResponse.newBuilder()
                        .addAllOwners(owners)
                        .setOwnersVersion(
                                AssignmentVersion.newBuilder()
                                        .setEpoch(epoch)
                                        .setSequence(sequence))
                        .build()
                        .toByteArray();
        return new RoutingHint(List.copyOf(owners), epoch + "." + sequence, fields);
    }
}
