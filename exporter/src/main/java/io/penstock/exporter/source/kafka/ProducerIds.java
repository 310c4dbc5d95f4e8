package io.penstock.exporter.source.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Who a partition is as a producer of the ring: the first eight bytes of the SHA-256 of cluster,
 * topic, the topic's id (so that a topic made anew under an old name, whose offsets begin again, is
 * another) and partition.
 */
final class ProducerIds {
    private ProducerIds() {}

    static long of(String cluster, String topic, String topicId, int partition) {
        String name = String.join("\n", "kafka", cluster, topic, topicId, "" + partition);
        long id = ByteBuffer.wrap(sha256().digest(name.getBytes(UTF_8))).getLong();
        // 0 stands for no producer
        return id == 0 ? 1 : id;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
