package io.penstock.cluster.message;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Decoded;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.assignment.TableCodec;
import io.penstock.model.RepoName;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@link MessageWriter} wrote. Confined to one call. */
final class MessageReader {
    private final DataInputStream in;

    MessageReader(DataInputStream in) {
        this.in = in;
    }

    /**
     * Reads one message.
     *
     * @throws IOException when it ends too early, or has a number that means nothing
     * @throws IllegalArgumentException when a value is none
     */
    Message read() throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case MessageWriter.RENEW -> renew();
            case MessageWriter.RENEW_ANSWER ->
                    new Message.RenewAnswer(
                            in.readLong(),
                            in.readLong(),
                            Message.Verdict.valueOf(in.readUTF()),
                            in.readLong(),
                            version(),
                            nodeOrNull());
            case MessageWriter.ASK_VOTE -> new Message.AskVote(in.readLong(), in.readBoolean());
            case MessageWriter.VOTE_ANSWER ->
                    new Message.VoteAnswer(
                            in.readLong(), in.readBoolean(), in.readBoolean(), in.readLong());
            case MessageWriter.LEADER_RENEW -> leaderRenew();
            case MessageWriter.LEADER_ANSWER -> leaderAnswer();
            case MessageWriter.RESIGNED -> new Message.Resigned(in.readLong());
            case MessageWriter.HAIL -> new Message.Hail(in.readLong(), in.readLong(), version());
            case MessageWriter.ASK_ORDERS -> new Message.AskOrders(in.readLong());
            case MessageWriter.TELL_ORDERS -> new Message.TellOrders(in.readLong(), orders());
            case MessageWriter.ORDER_REQUEST -> orderRequest();
            case MessageWriter.ORDER_ANSWER ->
                    new Message.OrderAnswer(
                            in.readLong(),
                            Message.OrderVerdict.valueOf(in.readUTF()),
                            version(),
                            in.readUTF());
            default -> throw new IOException("kind " + kind);
        };
    }

    private Orders orders() throws IOException {
        Decoded decoded = TableCodec.decode(bytes());
        if (decoded instanceof Decoded.Table good) {
            return good.table().orders();
        }
        throw new IOException(decoded.toString());
    }

    private Message orderRequest() throws IOException {
        long id = in.readLong();
        Version basis = version();
        boolean forced = in.readBoolean();
        int length = length(Orders.MAX_ENTRIES);
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        for (int i = 0; i < length; i++) {
            String key = new String(bytes(), StandardCharsets.UTF_8);
            boolean isPut = in.readBoolean();
            String value = new String(bytes(), StandardCharsets.UTF_8);
            changes.put(key, isPut ? Optional.of(value) : Optional.empty());
        }
        return new Message.OrderRequest(id, basis, forced, changes);
    }

    /** As many as are there, whatever the number before them says. */
    private byte[] bytes() throws IOException {
        int length = length(MessageCodec.MAX_BYTES);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("ends within a text");
        }
        return bytes;
    }

    private Message renew() throws IOException {
        long incarnation = in.readLong();
        long sentNs = in.readLong();
        Version table = version();
        long frozenEpoch = in.readLong();
        long seenEpoch = in.readLong();
        long markEpoch = in.readLong();
        long mark = in.readLong();
        boolean whole = in.readBoolean();
        int length = length(Message.MAX_RUNNING);
        List<Message.Running> running = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            TaskKey task = new TaskKey(new RepoName(in.readUTF()), in.readUTF(), in.readInt());
            running.add(new Message.Running(task, version()));
        }
        return new Message.Renew(
                incarnation,
                sentNs,
                table,
                frozenEpoch,
                seenEpoch,
                markEpoch,
                mark,
                whole,
                running);
    }

    private Message leaderRenew() throws IOException {
        long epoch = in.readLong();
        long sentNs = in.readLong();
        boolean wantsHolders = in.readBoolean();
        long afterRevision = in.readLong();
        long upToRevision = in.readLong();
        int length = length(Message.MAX_FENCES);
        List<Message.Fence> fences = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            fences.add(fence());
        }
        return new Message.LeaderRenew(
                epoch, sentNs, wantsHolders, afterRevision, upToRevision, fences);
    }

    private Message leaderAnswer() throws IOException {
        long epoch = in.readLong();
        long sentNs = in.readLong();
        boolean accepted = in.readBoolean();
        long promisedEpoch = in.readLong();
        long afterRevision = in.readLong();
        long upToRevision = in.readLong();
        int length = length(Message.MAX_FENCES);
        List<Message.Clear> clears = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            clears.add(new Message.Clear(fence(), in.readLong()));
        }
        boolean hasHolders = in.readBoolean();
        length = length(Message.MAX_NODES);
        List<NodeId> holders = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            holders.add(node());
        }
        return new Message.LeaderAnswer(
                epoch,
                sentNs,
                accepted,
                promisedEpoch,
                afterRevision,
                upToRevision,
                clears,
                hasHolders,
                holders,
                in.readLong(),
                version());
    }

    private Message.Fence fence() throws IOException {
        return new Message.Fence(node(), version());
    }

    private int length(int most) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > most) {
            throw new IOException("a list of " + length + ", the limit is " + most);
        }
        return length;
    }

    private Version version() throws IOException {
        return new Version(in.readLong(), in.readLong());
    }

    private NodeId node() throws IOException {
        return new NodeId(in.readUTF());
    }

    private @Nullable NodeId nodeOrNull() throws IOException {
        String value = in.readUTF();
        return value.isEmpty() ? null : new NodeId(value);
    }
}
