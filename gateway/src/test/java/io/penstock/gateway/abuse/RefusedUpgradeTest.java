package io.penstock.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.penstock.gateway.boot.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Upgrade: h2c} that cannot be granted, with a body behind it. */
class RefusedUpgradeTest {
    private static final int BODY_BYTES = 60_000;
    private static final int TIMES = 200;
    private static final long ROOM_BYTES = 4 << 20;

    @TempDir private Path directory;

    private static String upgrade(String connection, String settings) {
        return "POST /v1/repos/web/batches HTTP/1.1\r\nHost: localhost\r\nConnection: "
                + connection
                + "\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                + settings
                + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + BODY_BYTES
                + "\r\n\r\n"
                + "x".repeat(BODY_BYTES);
    }

    private static String answer(int port, String request) throws IOException {
        try (Attacker client = new Attacker(port)) {
            client.trySend(request.getBytes(StandardCharsets.ISO_8859_1));
            return client.drain();
        }
    }

    private static int port(TestNode node) {
        String address = node.data();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @Test
    void isAnsweredAndEndsAndCostsNothingThatLasts() throws Exception {
        String faulty = upgrade("Upgrade, HTTP2-Settings", "!!!!");
        String without = upgrade("Upgrade", "AAMAAABkAAQAAP__");
        try (TestNode node = TestNode.start(directory, "")) {
            assertThat(answer(port(node), without)).startsWith("HTTP/1.1 400 ");
            long before = directBytes();
            for (int i = 0; i < TIMES; i++) {
                assertThat(answer(port(node), faulty)).startsWith("HTTP/1.1 400 ");
            }
            assertThat(directBytes() - before).isLessThan(ROOM_BYTES);
        }
    }
}
