package io.penstock.gateway.peer;

import io.penstock.proto.ingest.v1.AssignmentVersion;

/**
 * Version of the assignments that somebody went by.
 *
 * <p>Threading: immutable.
 *
 * @param epoch of the leader that wrote them
 * @param sequence number in its epoch
 */
public record TableVersion(long epoch, long sequence) {
    AssignmentVersion message() {
        return AssignmentVersion.newBuilder().setEpoch(epoch).setSequence(sequence).build();
    }
}
