package io.penstock.perf.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.perf.wire.Batch;
import io.penstock.perf.wire.Shape;
import io.penstock.perf.wire.Target;
import io.penstock.perf.wire.Transport;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadSessionTest {
    private static final long SEED =
            Long.getLong("penstock.seed", new SplittableRandom().nextLong());
    private static final long DEADLINE_NS = 20_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "GRPC, 200KiB",
        "GRPC, 1rec",
        "HTTP2, 200KiB",
        "HTTP2, 1rec",
        "HTTP1, 200KiB",
        "HTTP1, 1rec"
    })
    void everyAcknowledgedBatchArrivedOnceAndInOrder(Transport transport, String size)
            throws Exception {
        System.out.println("penstock.seed=" + SEED);
        try (CheckingServer server = new CheckingServer(SEED);
                LoadSession session = session(transport, size, server.port(), 0)) {
            awaitRequests(session, 120);
            LoadCounts counts = session.finish();

            assertThat(server.fault()).isEmpty();
            assertThat(counts.failed()).as(session.lastFailure()).isZero();
            assertThat(counts.refused()).isPositive();
            assertThat(counts.records()).isEqualTo(server.records());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anOpenLoopIsNeverAheadOfItsClock(Transport transport) throws Exception {
        long start = System.nanoTime();
        try (CheckingServer server = new CheckingServer(SEED);
                LoadSession session = session(transport, "1rec", server.port(), 400)) {
            awaitRequests(session, 200);
            long requests = session.counts().requests();
            double seconds = (System.nanoTime() - start) / 1e9;

            assertThat((double) requests).isLessThanOrEqualTo(400 * seconds + 1);
            assertThat(server.fault()).isEmpty();
        }
    }

    @Test
    void latencyCountsFromWhenARequestWasDue() throws Exception {
        try (ServerSocket slow = new ServerSocket(0);
                LoadSession session = session(Transport.HTTP1, "1rec", slow.getLocalPort(), 100);
                Socket first = slow.accept();
                Socket second = slow.accept()) {
            Thread.sleep(500); // the stall under test: some fifty requests are due meanwhile
            for (int i = 0; i < 20; i++) {
                answer(first);
                answer(second);
            }
            awaitRequests(session, 40);

            Histogram latencies = session.takeLatencies();
            long stalled =
                    latencies.getTotalCount() - latencies.getCountBetweenValues(0, 150_000_000);
            assertThat(stalled).as("requests that were due during the stall").isGreaterThan(15);
        }
    }

    @Test
    void aBrokenConnectionIsToldAndNotHidden() throws Exception {
        try (ServerSocket rude = new ServerSocket(0);
                LoadSession session = session(Transport.GRPC, "1rec", rude.getLocalPort(), 0)) {
            rude.accept().close();
            rude.accept().close();

            assertThatThrownBy(() -> awaitRequests(session, 1)).hasMessageContaining("broke off");
        }
    }

    private static void answer(Socket socket) throws IOException {
        byte[] buffer = new byte[4096];
        int read = 0;
        while (read < 300) { // a whole request of one record is longer, but not by another 300
            read += socket.getInputStream().read(buffer);
        }
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    }

    private static LoadSession session(Transport transport, String size, int port, double rate)
            throws IOException {
        List<Batch> batches = AccessLogBatches.of(BatchSize.of(size), 3, SEED);
        Target target = new Target("127.0.0.1", port, "web", AckLevel.ACK_LEVEL_STAGED);
        Shape shape = new Shape(2, 5);
        return new LoadSession(new LoadPlan(transport, target, batches, shape, rate), SEED);
    }

    private static void awaitRequests(LoadSession session, long requests)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (session.counts().requests() < requests) {
            assertThat(System.nanoTime()).as("%s", session.counts()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
