package io.penstock.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.door.mount.Doors;
import io.penstock.gateway.door.mount.DoorsConfig;
import io.penstock.gateway.grpc.ControlServices;
import io.penstock.gateway.grpc.GrpcIngress;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.Gzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/**
 * Whole requests with mutated bodies, and now and then a mutated head, over sockets to a data port
 * with every door: each is answered or its connection closed, none by a defect, and what was staged
 * is what a decoder tells. Properties as in {@link FuzzTest}.
 */
class IngressFuzzTest {
    private static final long SEED =
            Long.getLong("penstock.seed", System.nanoTime() & 0xffff_ffffL);
    private static final long FIRST = Long.getLong("penstock.fuzz.first", 0);
    private static final long INPUTS = Long.getLong("penstock.fuzz.ingress", 0);
    private static final long SECONDS = 5;
    private static final int LOOK_EVERY = 200;
    private static final int ANSWER_MS = 20_000;
    private static final int HEAD_EVERY = 8;

    /**
     * A request.
     *
     * @param packing what is done to the body behind the mutation: nothing, gzip, snappy
     */
    private record Kind(FuzzTarget target, String head, String packing) {}

    private static final List<Kind> KINDS =
            List.of(
                    kind(FuzzTarget.BULK, "POST /web/_bulk", "application/x-ndjson", ""),
                    kind(FuzzTarget.BULK, "PUT /_bulk?refresh=true", "application/json", "gzip"),
                    kind(FuzzTarget.LINE_PROTOCOL, "POST /write?db=a&precision=s", "x", ""),
                    kind(FuzzTarget.LINE_PROTOCOL, "POST /api/v2/write?bucket=b", "x", "gzip"),
                    kind(
                            FuzzTarget.REMOTE_WRITE,
                            "POST /api/v1/write",
                            "application/x-protobuf",
                            "snappy"),
                    kind(FuzzTarget.LOKI, "POST /loki/api/v1/push", "application/json", ""),
                    kind(FuzzTarget.NDJSON, "POST /v1/repos/w/batches", "application/x-ndjson", ""),
                    kind(
                            FuzzTarget.NATIVE,
                            "POST /v1/repos/w/batches",
                            "application/x-protobuf",
                            ""),
                    kind(FuzzTarget.JSON, "POST /v1/repos/w/batches", "application/json", "gzip"),
                    kind(FuzzTarget.OTLP_LOGS, "POST /v1/logs", "application/x-protobuf", ""),
                    kind(FuzzTarget.OTLP_JSON, "POST /v1/metrics", "application/json", ""));

    private static Kind kind(FuzzTarget target, String line, String type, String packing) {
        String head = line + " HTTP/1.1\r\nhost: a\r\ncontent-type: " + type + "\r\n";
        String coding = packing.isEmpty() ? "" : "content-encoding: " + packing + "\r\n";
        return new Kind(target, head + coding + "connection: close\r\n", packing);
    }

    @Test
    void everyRequestIsAnsweredAndNothingThatWasStagedIsUnreadable() throws Exception {
        List<Mutator> bodies = new ArrayList<>();
        List<Mutator> heads = new ArrayList<>();
        for (Kind kind : KINDS) {
            bodies.add(new Mutator(kind.target().corpus(), SEED));
            byte[] head = kind.head().getBytes(StandardCharsets.UTF_8);
            heads.add(new Mutator(List.of(head), SEED));
        }
        Decoded decoded = new Decoded();
        long staged = 0;
        long number = FIRST;
        try (DataPort port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(
                                lane -> new GrpcIngress(lane, ControlServices::of),
                                lane -> new Doors(lane, DoorsConfig.DEFAULT),
                                HttpIngress::new))) {
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (INPUTS > 0 ? number < FIRST + INPUTS : System.nanoTime() < endNs) {
                int kind = (int) (number % KINDS.size());
                byte[] head =
                        number % HEAD_EVERY == 0
                                ? heads.get(kind).input(number + 1)
                                : heads.get(kind).input(0);
                byte[] body = packed(KINDS.get(kind).packing(), bodies.get(kind).input(number));
                send(port.port(), head, body, number);
                number++;
                if (number % LOOK_EVERY == 0) {
                    staged += look(port, decoded);
                }
            }
            staged += look(port, decoded);
            DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
            DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        }
        System.out.printf(
                "fuzz ingress: %d requests, %d records staged, seed %d%n",
                number - FIRST, staged, SEED);
        assertThat(staged).isPositive();
    }

    private static byte[] packed(String packing, byte[] body) throws IOException {
        return switch (packing) {
            case "gzip" -> Gzip.of(body);
            case "snappy" -> Snappy.compress(body);
            default -> body;
        };
    }

    private static void send(int port, byte[] head, byte[] body, long number) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        request.writeBytes(
                ("content-length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        String answer = "";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(request.toByteArray());
            if (number % HEAD_EVERY == 0) {
                // Such a head may promise more than comes; a server that is told so waits no more.
                socket.shutdownOutput();
            }
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError("request " + number + " of seed " + SEED + " hangs", hangs);
        } catch (SocketException closed) {
            // A head that makes no sense may be answered by closing the connection.
            assertThat(number % HEAD_EVERY).as("request " + number + " is closed").isZero();
        }
        assertThat(answer)
                .as(
                        "request %d of seed %d: %s",
                        number, SEED, new String(head, StandardCharsets.UTF_8))
                .doesNotStartWith("HTTP/1.1 500");
        if (number % HEAD_EVERY != 0) {
            assertThat(answer).as("request %d of seed %d", number, SEED).startsWith("HTTP/1.1 ");
        }
    }

    private static long look(DataPort port, Decoded decoded) {
        long records = 0;
        for (FakeIntake.Staged batch : port.intake().staged()) {
            Encoding encoding = Encoding.ofCode(batch.encoding());
            long found = decoded.batch(encoding, batch.body());
            assertThat(found).isEqualTo(batch.records());
            records += found;
        }
        port.intake().staged().clear();
        return records;
    }
}
