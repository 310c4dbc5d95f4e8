package io.penstock.gateway.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.grpc.ControlServices;
import io.penstock.gateway.grpc.GrpcIngress;
import io.penstock.gateway.guard.Closing;
import io.penstock.gateway.guard.GuardConfig;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.suite.Alone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that come, stay and say nothing; HTTP/1.1 byte by byte. */
@Alone
class ConnectionAbuseTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final int CONNECTIONS = 2500;
    private static final int PER_ADDRESS = 2200;

    private static final long BODY_MS = 1000;

    private DataPort port;
    private Honest honest;
    private final List<Attacker> attackers = new ArrayList<>();

    @BeforeEach
    void open() {
        start(guard(1000, 0), BODY_MS);
    }

    private void start(GuardConfig guard, long bodyTimeoutMs) {
        port =
                new DataPort(
                        DataPort.small(bodyTimeoutMs, CONNECTIONS, guard),
                        2,
                        List.of(
                                lane -> new GrpcIngress(lane, ControlServices::of),
                                HttpIngress::new));
        honest = new Honest(port.port());
    }

    private void restart(GuardConfig guard, long bodyTimeoutMs) throws Exception {
        honest.close();
        port.close();
        start(guard, bodyTimeoutMs);
    }

    private static GuardConfig guard(long headMs, long ageMs) {
        return new GuardConfig(
                PER_ADDRESS, 100, headMs, 240, 1 << 20, ageMs, 1000, 60_000, 20_000, 10_000);
    }

    @AfterEach
    void theHonestClientNoticedNothing() throws Exception {
        for (Attacker attacker : attackers) {
            attacker.close();
        }
        honest.close();
        DataPort.awaitUntil("the attackers are gone", () -> port.node().connections() <= 1);
        DataPort.awaitUntil("nothing is held", () -> port.node().budget().usedBytes() == 0);
        port.close();
    }

    private Attacker attacker() throws IOException {
        Attacker attacker = new Attacker(port.port());
        attackers.add(attacker);
        return attacker;
    }

    private static String head(String more) {
        return "POST /v1/repos/web/batches HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/x-protobuf\r\n"
                + more
                + "\r\n\r\n";
    }

    @Test
    void whoConnectsAndSaysNothingIsClosed() throws Exception {
        for (int i = 0; i < 200; i++) {
            attacker();
        }
        for (Attacker silent : attackers) {
            assertThat(silent.drain()).isEmpty();
        }
        assertThat(port.node().guardedPort().closed(Closing.HEAD)).isEqualTo(200);
    }

    @Test
    void headsThatComeByteByByteAreClosed() throws Exception {
        for (int i = 0; i < 100; i++) {
            attacker();
        }
        byte[] head = head("Content-Length: 1" + "0".repeat(10)).getBytes(US_ASCII);
        trickle(head, 25);
        assertThat(port.node().guardedPort().closed(Closing.HEAD)).isEqualTo(100);
    }

    @Test
    void laterHeadsThatComeByteByByteAreClosedToo() throws Exception {
        for (int i = 0; i < 50; i++) {
            Attacker attacker = attacker();
            attacker.text(head("Content-Length: " + BATCH.length));
            attacker.send(BATCH);
            attacker.read("duplicate\":false}");
        }
        trickle(head("Content-Length: 5").getBytes(US_ASCII), 25);
        assertThat(port.node().guardedPort().closed(Closing.HEAD)).isEqualTo(50);
    }

    @Test
    void bodiesThatComeByteByByteAreGivenUp() throws Exception {
        for (int i = 0; i < 100; i++) {
            attacker().text(head("Content-Length: 100000"));
        }
        byte[] body = new byte[400];
        trickle(body, 20);
        assertThat(port.node().http().faults(FaultKind.STALLED)).isEqualTo(100);
    }

    /** A byte from each of them, then a pause, then the next, until all are closed. */
    private void trickle(byte[] bytes, long pauseMs) throws InterruptedException {
        int open = attackers.size();
        for (int i = 0; i < bytes.length && open > 0; i++) {
            open = 0;
            for (Attacker attacker : attackers) {
                open += attacker.trySend(new byte[] {bytes[i]}) ? 1 : 0;
            }
            Thread.sleep(pauseMs);
        }
        assertThat(open).as("still open after %d bytes", bytes.length).isZero();
    }

    @Test
    void oneAddressCannotTakeAllConnections() throws Exception {
        restart(
                new GuardConfig(20, 100, 1000, 240, 1 << 20, 0, 1000, 60_000, 20_000, 10_000),
                BODY_MS);
        for (int i = 0; i < 30; i++) {
            attackers.add(new Attacker(port.port(), "127.0.0.9"));
        }
        DataPort.awaitUntil(
                "refusals", () -> port.node().guardedPort().closed(Closing.ADDRESS) == 10);
        Attacker other = new Attacker(port.port(), "127.0.0.10");
        attackers.add(other);
        other.text(head("Content-Length: " + BATCH.length));
        other.send(BATCH);
        other.read("duplicate\":false}");
    }

    @Test
    void whoPipelinesAndReadsNothingIsClosed() throws Exception {
        Attacker attacker = attacker();
        byte[] many = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).getBytes(US_ASCII);
        attacker.flood(many, 10_000);
        DataPort.awaitUntil(
                "the close", () -> port.node().guardedPort().closed(Closing.UNREAD) == 1);
        // what it could make the server do is bounded by the buffers of its two sockets
        assertThat(port.node().http().faults(FaultKind.UNKNOWN_PATH)).isLessThan(300_000);
    }

    @Test
    void connectionsThatComeAndGoLeaveNothing() throws Exception {
        for (int i = 0; i < 1500; i++) {
            try (Attacker attacker = new Attacker(port.port())) {
                if (i % 3 == 0) {
                    attacker.text(head("Content-Length: 1000") + "some");
                } else if (i % 3 == 1) {
                    attacker.text("POST /v1/re");
                }
            }
        }
        DataPort.awaitUntil("calls", () -> port.node().http().openCalls() <= 1);
    }

    @Test
    void whoHasSentAllAndClosedItsHalfLeavesNothing() throws Exception {
        for (int i = 0; i < 50; i++) {
            Attacker attacker = attacker();
            attacker.text(head("Content-Length: 1000") + "some");
            attacker.halfClose();
        }
        for (Attacker attacker : attackers) {
            attacker.drain();
        }
    }

    @Test
    void aBodyInChunksOfOneByteIsReadToItsEnd() throws Exception {
        restart(guard(20_000, 0), 20_000); // under leak detection each chunk takes its time
        Attacker attacker = attacker();
        attacker.text(head("Transfer-Encoding: chunked"));
        byte[] chunks = "1\r\nx\r\n".repeat(1 << 14).getBytes(US_ASCII);
        for (int i = 0; i < 8; i++) {
            attacker.send(chunks);
        }
        attacker.text("0\r\n\r\n");
        assertThat(attacker.read("\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void bombsAreDefused() throws Exception {
        byte[] bomb = gzip(new byte[1 << 20], 64);
        byte[] nested = gzip(bomb, 1);
        assertThat(answer("Content-Encoding: gzip", bomb)).contains(" 413 ");
        // once unpacked it is no batch; nobody unpacks twice
        assertThat(answer("Content-Encoding: gzip", nested)).contains(" 400 ");
        assertThat(answer("Content-Encoding: gzip, gzip", nested)).contains(" 415 ");
    }

    private String answer(String header, byte[] body) throws IOException {
        Attacker attacker = attacker();
        attacker.text(head(header + "\r\nContent-Length: " + body.length));
        attacker.send(body);
        return attacker.read("\r\n\r\n");
    }

    private static byte[] gzip(byte[] piece, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(piece);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void anOldConnectionIsEndedWithAnAnswerThatSaysSo() throws Exception {
        restart(guard(5000, 1000), BODY_MS);
        Attacker client = attacker();
        String last = "";
        while (!last.contains("connection: close")) {
            client.text(head("Content-Length: " + BATCH.length));
            client.send(BATCH);
            last = client.read("duplicate\":false}");
        }
        assertThat(client.drain()).isEmpty();
    }

    @Test
    void idleConnectionsDoNotHurt() throws Exception {
        int idle = 1000;
        for (int i = 0; i < idle; i++) {
            Attacker attacker = attacker();
            attacker.text(head("Content-Length: " + BATCH.length));
            attacker.send(BATCH);
            attacker.read("duplicate\":false}");
        }
        assertThat(port.node().connections()).isBetween(idle, idle + 1);
    }
}
