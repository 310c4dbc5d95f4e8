package io.penstock.cluster.election;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A voter's file: {@code format (1), promised epoch (8), voted for (UTF), floor epoch (8), fences
 * (4), each node (UTF), epoch (8), sequence (8); CRC32C of all before (4)}, big-endian.
 */
final class VoterStateCodec {
    private static final int FORMAT = 1;

    private VoterStateCodec() {}

    static byte[] encode(VoterState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(state.promisedEpoch());
            NodeId votedFor = state.votedFor();
            out.writeUTF(votedFor == null ? "" : votedFor.value());
            out.writeLong(state.floorEpoch());
            out.writeInt(state.fences().size());
            for (Map.Entry<NodeId, Version> fence : state.fences().entrySet()) {
                out.writeUTF(fence.getKey().value());
                out.writeLong(fence.getValue().epoch());
                out.writeLong(fence.getValue().sequence());
            }
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file.
     *
     * @throws IOException with what is wrong in a few words
     */
    static VoterState decode(byte[] bytes) throws IOException {
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || ByteBuffer.wrap(bytes).getInt(end) != crc(bytes, end)) {
            throw new IOException("is damaged");
        }
        if (bytes[0] != FORMAT) {
            throw new IOException("has format " + bytes[0] + ", this version knows " + FORMAT);
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(bytes, 1, end - 1))) {
            long promisedEpoch = in.readLong();
            String votedFor = in.readUTF();
            long floorEpoch = in.readLong();
            int count = in.readInt();
            SortedMap<NodeId, Version> fences = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                NodeId node = new NodeId(in.readUTF());
                fences.put(node, new Version(in.readLong(), in.readLong()));
            }
            return new VoterState(
                    promisedEpoch,
                    votedFor.isEmpty() ? null : new NodeId(votedFor),
                    floorEpoch,
                    fences);
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
