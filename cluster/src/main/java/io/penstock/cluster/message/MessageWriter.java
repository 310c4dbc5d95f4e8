package io.penstock.cluster.message;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.TableCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies of messages, each behind the number of its kind. Numbers are never used again. */
final class MessageWriter {
    static final int RENEW = 1;
    static final int RENEW_ANSWER = 2;
    static final int ASK_VOTE = 3;
    static final int VOTE_ANSWER = 4;
    static final int LEADER_RENEW = 5;
    static final int LEADER_ANSWER = 6;
    static final int RESIGNED = 7;
    static final int HAIL = 8;
    static final int ASK_ORDERS = 9;
    static final int TELL_ORDERS = 10;
    static final int ORDER_REQUEST = 11;
    static final int ORDER_ANSWER = 12;

    private MessageWriter() {}

    static void write(Message message, DataOutputStream out) throws IOException {
        if (message instanceof Message.Renew renew) {
            renew(renew, out);
        } else if (message instanceof Message.RenewAnswer answer) {
            renewAnswer(answer, out);
        } else if (message instanceof Message.AskVote ask) {
            out.writeByte(ASK_VOTE);
            out.writeLong(ask.epoch());
            out.writeBoolean(ask.trial());
        } else if (message instanceof Message.VoteAnswer answer) {
            out.writeByte(VOTE_ANSWER);
            out.writeLong(answer.epoch());
            out.writeBoolean(answer.trial());
            out.writeBoolean(answer.granted());
            out.writeLong(answer.promisedEpoch());
        } else if (message instanceof Message.LeaderRenew renew) {
            leaderRenew(renew, out);
        } else if (message instanceof Message.LeaderAnswer answer) {
            leaderAnswer(answer, out);
        } else if (message instanceof Message.Resigned resigned) {
            out.writeByte(RESIGNED);
            out.writeLong(resigned.epoch());
        } else if (message instanceof Message.Hail hail) {
            out.writeByte(HAIL);
            out.writeLong(hail.epoch());
            out.writeLong(hail.mark());
            version(hail.newest(), out);
        } else {
            aboutOrders(message, out);
        }
    }

    private static void aboutOrders(Message message, DataOutputStream out) throws IOException {
        if (message instanceof Message.AskOrders ask) {
            out.writeByte(ASK_ORDERS);
            out.writeLong(ask.epoch());
        } else if (message instanceof Message.TellOrders tell) {
            out.writeByte(TELL_ORDERS);
            out.writeLong(tell.epoch());
            text(TableCodec.encode(tell.orders().alone()), out);
        } else if (message instanceof Message.OrderRequest request) {
            out.writeByte(ORDER_REQUEST);
            out.writeLong(request.id());
            version(request.basis(), out);
            out.writeBoolean(request.forced());
            out.writeInt(request.changes().size());
            for (Map.Entry<String, Optional<String>> change : request.changes().entrySet()) {
                text(change.getKey().getBytes(StandardCharsets.UTF_8), out);
                out.writeBoolean(change.getValue().isPresent());
                text(change.getValue().orElse("").getBytes(StandardCharsets.UTF_8), out);
            }
        } else if (message instanceof Message.OrderAnswer answer) {
            out.writeByte(ORDER_ANSWER);
            out.writeLong(answer.id());
            out.writeUTF(answer.verdict().name());
            version(answer.version(), out);
            out.writeUTF(answer.why());
        }
    }

    private static void text(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void renew(Message.Renew renew, DataOutputStream out) throws IOException {
        out.writeByte(RENEW);
        out.writeLong(renew.incarnation());
        out.writeLong(renew.sentNs());
        version(renew.table(), out);
        out.writeLong(renew.frozenEpoch());
        out.writeLong(renew.seenEpoch());
        out.writeLong(renew.markEpoch());
        out.writeLong(renew.mark());
        out.writeBoolean(renew.whole());
        length(renew.running(), Message.MAX_RUNNING, out);
        for (Message.Running running : renew.running()) {
            TaskKey task = running.task();
            out.writeUTF(task.repo().value());
            out.writeUTF(task.export());
            out.writeInt(task.share());
            version(running.since(), out);
        }
    }

    private static void renewAnswer(Message.RenewAnswer answer, DataOutputStream out)
            throws IOException {
        out.writeByte(RENEW_ANSWER);
        out.writeLong(answer.incarnation());
        out.writeLong(answer.sentNs());
        out.writeUTF(answer.verdict().name());
        out.writeLong(answer.promisedEpoch());
        version(answer.floor(), out);
        node(answer.leader(), out);
    }

    private static void leaderRenew(Message.LeaderRenew renew, DataOutputStream out)
            throws IOException {
        out.writeByte(LEADER_RENEW);
        out.writeLong(renew.epoch());
        out.writeLong(renew.sentNs());
        out.writeBoolean(renew.wantsHolders());
        out.writeLong(renew.afterRevision());
        out.writeLong(renew.upToRevision());
        length(renew.fences(), Message.MAX_FENCES, out);
        for (Message.Fence fence : renew.fences()) {
            fence(fence, out);
        }
    }

    private static void leaderAnswer(Message.LeaderAnswer answer, DataOutputStream out)
            throws IOException {
        out.writeByte(LEADER_ANSWER);
        out.writeLong(answer.epoch());
        out.writeLong(answer.sentNs());
        out.writeBoolean(answer.accepted());
        out.writeLong(answer.promisedEpoch());
        out.writeLong(answer.afterRevision());
        out.writeLong(answer.upToRevision());
        length(answer.clears(), Message.MAX_FENCES, out);
        for (Message.Clear clear : answer.clears()) {
            fence(clear.fence(), out);
            out.writeLong(clear.clearInNs());
        }
        out.writeBoolean(answer.hasHolders());
        length(answer.holders(), Message.MAX_NODES, out);
        for (NodeId holder : answer.holders()) {
            node(holder, out);
        }
        out.writeLong(answer.unknownInNs());
        version(answer.ordersSince(), out);
    }

    private static void fence(Message.Fence fence, DataOutputStream out) throws IOException {
        node(fence.node(), out);
        version(fence.atLeast(), out);
    }

    private static void length(List<?> list, int most, DataOutputStream out) throws IOException {
        if (list.size() > most) {
            throw new IllegalArgumentException(list.size() + " entries, the limit is " + most);
        }
        out.writeInt(list.size());
    }

    private static void version(Version version, DataOutputStream out) throws IOException {
        out.writeLong(version.epoch());
        out.writeLong(version.sequence());
    }

    private static void node(@Nullable NodeId node, DataOutputStream out) throws IOException {
        out.writeUTF(node == null ? "" : node.value());
    }
}
