package io.penstock.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpConnection;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to let somebody in who was let in before. */
class GateCostTest {
    private static final int ROUNDS = 200_000;
    private static final RepoName WEB = new RepoName("acme-web");

    /** For what the JVM itself allocates beside: far below one byte a round. */
    private static final long SLACK_BYTES = 64 << 10;

    @TempDir private Path directory;

    private int refused;

    @Test
    void aHeaderThatIsKnownIsJudgedWithoutAllocation() throws Exception {
        TestGate keys = new TestGate(directory, Anonymous.NONE, List.of());
        String header =
                "Bearer " + keys.key(Role.PUSH, "acme", List.of("acme-*"), Key.NEVER).text();
        Entrance entrance = new Entrance();
        HttpConnection connection =
                (HttpConnection)
                        Proxy.newProxyInstance(
                                HttpConnection.class.getClassLoader(),
                                new Class<?>[] {HttpConnection.class},
                                (proxy, method, arguments) -> null);
        rounds(keys.gate(), entrance, connection, header);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long beganNs = System.nanoTime();
        rounds(keys.gate(), entrance, connection, header);
        long ns = System.nanoTime() - beganNs;
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).isLessThan(SLACK_BYTES);
        assertThat(refused).isZero();
        System.out.printf("GateCostTest: %d ns to judge a request%n", ns / ROUNDS);
    }

    /** As the data port does it: at the door, and when the repo is known. */
    private void rounds(Gate gate, Entrance entrance, HttpConnection connection, String header) {
        for (int i = 0; i < ROUNDS; i++) {
            Grant grant = gate.enter(entrance, connection, header);
            boolean in =
                    gate.mayEnter(grant, header) == null
                            && grant.denial(Role.PUSH, WEB, gate.nowMs()) == null;
            refused += in ? 0 : 1;
        }
    }
}
