package io.penstock.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.model.RepoName;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static final NodeId NODE = new NodeId("a-1.b_2");
    private static final Version VERSION = new Version(7, 1L << 40);
    private static final Message.Fence FENCE = new Message.Fence(NODE, VERSION);
    private static final Message.Running RUNNING =
            new Message.Running(new TaskKey(new RepoName("access"), "Über S3", 3), VERSION);

    private static final List<Message> ALL =
            List.of(
                    new Message.Renew(-1, 2, VERSION, 3, 4, 5, 6, true, List.of(RUNNING, RUNNING)),
                    new Message.Renew(1, -2, Version.NONE, 0, 0, 0, 0, false, List.of()),
                    new Message.RenewAnswer(1, 2, Message.Verdict.OLD_TABLE, 3, VERSION, NODE),
                    new Message.RenewAnswer(1, 2, Message.Verdict.YES, 3, VERSION, null),
                    new Message.AskVote(9, true),
                    new Message.VoteAnswer(9, false, true, 8),
                    new Message.LeaderRenew(9, 1, true, 2, 3, List.of(FENCE)),
                    new Message.LeaderAnswer(
                            9,
                            1,
                            true,
                            9,
                            2,
                            3,
                            List.of(new Message.Clear(FENCE, 5)),
                            true,
                            List.of(NODE, NODE),
                            6,
                            VERSION),
                    new Message.Resigned(9),
                    new Message.Hail(9, 2, VERSION),
                    new Message.AskOrders(9),
                    new Message.TellOrders(
                            9, new Orders(VERSION, new TreeMap<>(Map.of("pin/Ü/x", "a,b")))),
                    new Message.OrderRequest(
                            7,
                            VERSION,
                            true,
                            new TreeMap<>(
                                    Map.of("drain/a", Optional.of(""), "ü", Optional.empty()))),
                    new Message.OrderAnswer(7, Message.OrderVerdict.WRONG, VERSION, "no ü"));

    @Test
    void everyMessageComesBackAsItWas() {
        for (Message message : ALL) {
            assertThat(MessageCodec.decode(MessageCodec.encode(message)))
                    .isEqualTo(new MessageCodec.Good(message));
        }
    }

    @Test
    void everyKindIsTried() {
        assertThat(ALL.stream().map(Object::getClass).distinct().count())
                .isEqualTo(Message.class.getPermittedSubclasses().length);
    }

    @Test
    void whatIsDamagedIsRefused() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = MessageCodec.encode(ALL.get(random.nextInt(ALL.size())));
            byte[] damaged = Arrays.copyOf(bytes, bytes.length - random.nextInt(2));
            if (damaged.length == bytes.length || random.nextBoolean()) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(MessageCodec.decode(damaged))
                    .as("-Dpenstock.seed=%d", seed)
                    .isInstanceOf(MessageCodec.Refused.class);
        }
    }

    @Test
    void garbageWithAGoodChecksumIsRefused() {
        byte[] kind = reframed(new byte[] {2, 99});
        byte[] longList = MessageCodec.encode(ALL.get(1));
        Arrays.fill(longList, longList.length - 8, longList.length - 4, (byte) 0x7f);
        byte[] cutShort = reframed(Arrays.copyOf(MessageCodec.encode(ALL.get(2)), 20));
        byte[] tooLong = reframed(Arrays.copyOf(MessageCodec.encode(ALL.get(4)), 40));

        assertThat(words(kind)).contains("kind 99");
        assertThat(words(reframed(Arrays.copyOf(longList, longList.length - 4))))
                .contains("the limit is " + Message.MAX_RUNNING);
        assertThat(words(cutShort)).contains("not a message");
        assertThat(words(tooLong)).contains("bytes behind the message");
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() {
        byte[] later = MessageCodec.encode(ALL.get(0));
        later[0] = 3;

        assertThat(words(later)).isEqualTo("format 3, this node knows 2");
    }

    @Test
    void theMostThatPeopleCanWantGoesIntoOneMessageOfTheTransport() {
        TreeMap<String, String> most = new TreeMap<>();
        for (int i = 0; Orders.fault(most).isEmpty(); i++) {
            most.put("k%05d".formatted(i), "v".repeat(200));
        }
        most.remove(most.lastKey());
        Message tell = new Message.TellOrders(1, new Orders(VERSION, most));

        assertThat(MessageCodec.encode(tell)).hasSizeLessThan(ClusterMessages.MAX_BODY_BYTES);
        assertThat(MessageCodec.encode(tell)).hasSizeGreaterThan(950_000);
        assertThat(MessageCodec.decode(MessageCodec.encode(tell)))
                .isEqualTo(new MessageCodec.Good(tell));
    }

    @Test
    void whatIsTooLongIsNotWritten() {
        Message message =
                new Message.LeaderRenew(
                        1, 1, false, 0, 0, Collections.nCopies(Message.MAX_FENCES + 1, FENCE));

        assertThatThrownBy(() -> MessageCodec.encode(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit is");
    }

    private static String words(byte[] bytes) {
        return MessageCodec.decode(bytes) instanceof MessageCodec.Refused refused
                ? refused.why()
                : "";
    }

    private static byte[] reframed(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return ByteBuffer.allocate(body.length + 4).put(body).putInt((int) crc.getValue()).array();
    }
}
