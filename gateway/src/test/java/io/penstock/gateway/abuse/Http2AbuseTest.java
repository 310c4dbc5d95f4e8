package io.penstock.gateway.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.abuse.Attacker.End;
import io.penstock.gateway.grpc.ControlServices;
import io.penstock.gateway.grpc.GrpcIngress;
import io.penstock.gateway.guard.Closing;
import io.penstock.gateway.guard.GuardConfig;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.suite.Alone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 frames as nobody should send them. */
@Alone
class Http2AbuseTest {
    private static final String PATH = "/penstock.ingest.v1.IngestService/PushStream";
    private static final byte[] CALL = Attacker.post(PATH, "application/grpc");
    private static final String REFLECTION =
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private static final String SYMBOL = "opentelemetry.proto.collector.logs.v1.LogsService";
    private static final byte[] INITIAL_WINDOW_MAX = {0, 4, 0x7f, -1, -1, -1};
    private static final byte[] INITIAL_WINDOW_0 = {0, 4, 0, 0, 0, 0};

    private DataPort port;
    private Honest honest;

    @BeforeEach
    void open() {
        start(new GuardConfig(0, 100, 1000, 240, 1 << 20, 0, 1000, 1000, 1000, 10_000));
    }

    private void start(GuardConfig guard) {
        port =
                new DataPort(
                        DataPort.small(1000, 64, guard),
                        1,
                        List.of(
                                lane -> new GrpcIngress(lane, ControlServices::of),
                                HttpIngress::new));
        honest = new Honest(port.port());
    }

    @AfterEach
    void theHonestClientNoticedNothing() throws Exception {
        honest.close();
        DataPort.awaitUntil("the attackers are gone", () -> port.node().connections() <= 1);
        DataPort.awaitUntil("nothing is held", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.close();
    }

    private Attacker http2(byte... settings) throws IOException {
        return Attacker.http2(port.port(), settings);
    }

    /** Floods, and hears that it is to be calm. */
    private End flood(byte[] frames) throws IOException {
        try (Attacker attacker = http2()) {
            attacker.flood(frames, 1000);
            return attacker.end();
        }
    }

    @Test
    void streamsThatAreOpenedToBeResetEndTheConnection() throws Exception {
        try (Attacker attacker = http2()) {
            for (int i = 0; i < 5000; i++) {
                int stream = 2 * i + 1;
                attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS, stream, CALL));
                attacker.trySend(Attacker.frame(3, 0, stream, new byte[] {0, 0, 0, 8}));
            }
            assertThat(attacker.end().error()).isIn(-1L, Attacker.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void headersWithoutEndAreCutOff() throws Exception {
        try (Attacker attacker = http2()) {
            attacker.send(Attacker.frame(Attacker.HEADERS, 0, 1, CALL));
            attacker.flood(Attacker.times(Attacker.frame(Attacker.CONTINUATION, 0, 1), 1000), 1000);
            assertThat(attacker.end().error()).isIn(-1L, Attacker.ENHANCE_YOUR_CALM);
        }
        assertThat(flood(Attacker.frame(Attacker.HEADERS, 0, 1, new byte[16_000])).error())
                .isPositive();
    }

    @Test
    void aHeaderBombIsNotUnpacked() throws Exception {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(CALL);
        // RFC 7541 section 6.2.1: literal with indexing, a new name; then its index, 62, again
        block.write(0x40);
        Attacker.literal(block, "x-bomb");
        Attacker.literal(block, "b".repeat(3000));
        for (int i = 0; i < 4000; i++) {
            block.write(0x80 | 62);
        }
        try (Attacker attacker = http2()) {
            attacker.send(
                    Attacker.frame(Attacker.HEADERS, Attacker.END_HEADERS, 1, block.toByteArray()));
            attacker.flood(Attacker.frame(Attacker.PING, 0, 0, new byte[8]), 10);
            attacker.end();
        }
        assertThat(port.node().grpc().openCalls()).isZero();
    }

    @Test
    void settingsWithoutEndEndTheConnection() throws Exception {
        assertThat(flood(Attacker.times(Attacker.frame(Attacker.SETTINGS, 0, 0), 100)).error())
                .isIn(-1L, Attacker.ENHANCE_YOUR_CALM);
        assertThat(port.node().guardedPort().closed(Closing.FRAMES)).isEqualTo(1);
    }

    @Test
    void pingsWithoutEndAreTooMany() throws Exception {
        try (Attacker attacker = http2()) {
            attacker.send(Attacker.times(Attacker.frame(Attacker.PING, 0, 0, new byte[8]), 4));
            assertThat(attacker.end())
                    .isEqualTo(new End(Attacker.ENHANCE_YOUR_CALM, "too_many_pings"));
        }
        assertThat(port.node().guardedPort().closed(Closing.PINGS)).isEqualTo(1);
    }

    @Test
    void whoWorksMayPingAsOftenAsItLikes() throws Exception {
        try (Attacker client = http2()) {
            for (int i = 0; i < 20; i++) {
                client.send(Attacker.frame(1, Attacker.END_HEADERS, 2 * i + 1, CALL));
                client.send(Attacker.frame(0, Attacker.END_STREAM, 2 * i + 1));
                client.send(Attacker.times(Attacker.frame(Attacker.PING, 0, 0, new byte[8]), 2));
            }
            DataPort.awaitUntil("the last call", () -> port.node().grpc().openCalls() == 0);
        }
        assertThat(port.node().guardedPort().closed(Closing.PINGS)).isZero();
    }

    @Test
    void emptyFramesOfDataEndTheConnection() throws Exception {
        try (Attacker attacker = http2()) {
            attacker.send(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
            attacker.flood(Attacker.times(Attacker.frame(Attacker.DATA, 0, 1), 1000), 1000);
            assertThat(attacker.end().error()).isIn(-1L, Attacker.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void framesOfOneByteEndTheConnection() throws Exception {
        try (Attacker attacker = http2()) {
            attacker.send(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
            attacker.send(Attacker.frame(0, 0, 1, new byte[] {0, 0, 1, 0, 0}));
            attacker.flood(Attacker.times(Attacker.frame(0, 0, 1, (byte) 1), 1000), 1000);
            assertThat(attacker.end().error()).isIn(-1L, Attacker.ENHANCE_YOUR_CALM);
        }
        assertThat(port.node().guardedPort().closed(Closing.FRAMES)).isEqualTo(1);
    }

    @Test
    void prioritiesWindowsAndUnknownFramesWithoutEndEndTheConnection() throws Exception {
        byte[] priority = Attacker.frame(Attacker.PRIORITY, 0, 3, new byte[] {0, 0, 0, 0, 1});
        byte[] window = Attacker.frame(Attacker.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
        byte[] unknown = Attacker.frame(0x42, 0, 0, new byte[100]);
        for (byte[] frame : List.of(priority, window, unknown)) {
            flood(Attacker.times(frame, 100));
        }
        assertThat(port.node().guardedPort().closed(Closing.FRAMES)).isEqualTo(3);
    }

    @Test
    void whoOpensNoWindowHoldsAsManyAnswersAsItMayOpenCalls() throws Exception {
        try (Attacker attacker = http2(INITIAL_WINDOW_0)) {
            byte[] notFound = Attacker.post("/nothing", "text/plain");
            for (int i = 0; i < 2000; i++) {
                attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS | 1, 2 * i + 1, notFound));
            }
            DataPort.awaitUntil(
                    "answers", () -> port.node().http().faults(FaultKind.UNKNOWN_PATH) >= 64);
            assertThat(port.node().http().faults(FaultKind.UNKNOWN_PATH)).isLessThan(200);
        }
    }

    /** Asks for much with little, opens all windows, and reads nothing. */
    @Test
    void whoNeverReadsIsClosed() throws Exception {
        byte[] question = new byte[5 + 2 + SYMBOL.length()];
        question[4] = (byte) (2 + SYMBOL.length());
        question[5] = 0x22; // file_containing_symbol of ServerReflectionRequest
        question[6] = (byte) SYMBOL.length();
        System.arraycopy(SYMBOL.getBytes(US_ASCII), 0, question, 7, SYMBOL.length());
        byte[] reflect = Attacker.post(REFLECTION, "application/grpc");
        askAndReadNothing(reflect, question);
        assertThat(closed(Closing.UNREAD)).isEqualTo(1);
    }

    private long closed(Closing why) {
        return port.node().guardedPort().closed(why);
    }

    /**
     * So slowly that what is asked while nobody reads, until that is noticed, are not more calls
     * than it may have open: whoever has is closed for that.
     */
    private void askAndReadNothing(byte[] reflect, byte[] question) throws Exception {
        try (Attacker attacker = Attacker.narrowHttp2(port.port(), INITIAL_WINDOW_MAX)) {
            attacker.send(
                    Attacker.frame(Attacker.WINDOW_UPDATE, 0, 0, new byte[] {0x7f, -1, 0, 0}));
            boolean open = true;
            for (int i = 0; i < 2_000 && open; i++) {
                open =
                        attacker.trySend(
                                        Attacker.frame(1, Attacker.END_HEADERS, 2 * i + 1, reflect))
                                && attacker.trySend(Attacker.frame(0, 1, 2 * i + 1, question));
                Thread.sleep(25);
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void whoAnswersNoPingIsClosed() throws Exception {
        try (Attacker attacker = http2()) {
            attacker.send(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
            attacker.end();
        }
        assertThat(port.node().guardedPort().closed(Closing.SILENT)).isEqualTo(1);
    }

    @Test
    void anOldConnectionSaysGoAwayAndItsStreamsAreToldToGoOnElsewhere() throws Exception {
        honest.close();
        port.close();
        start(new GuardConfig(0, 100, 5000, 240, 1 << 20, 1000, 3000, 0, 1000, 10_000));
        try (Attacker client = http2()) {
            client.send(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
            assertThat(client.end()).isEqualTo(new End(Attacker.NO_ERROR, ""));
            // trailers of the call, then the end, long before the grace is over
            client.drain();
        }
        assertThat(port.node().guardedPort().closed(Closing.AGE)).isPositive();
        assertThat(port.node().grpc().faults(FaultKind.UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void windowsAreGivenToThoseWhoSendAndTakenBack() throws Exception {
        try (Attacker client = http2()) {
            client.send(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
            byte[] prefix = {0, 0, 0, (byte) 0xf0, 0};
            client.send(Attacker.frame(0, 0, 1, prefix));
            for (int i = 0; i < 3; i++) {
                client.send(Attacker.frame(0, 0, 1, new byte[16_000]));
            }
            DataPort.awaitUntil("a window", () -> port.node().guardedPort().windowBytes() > 0);
            assertThat(port.node().guardedPort().windowBytes()).isEqualTo((1 << 20) / 8);
        }
        DataPort.awaitUntil("none", () -> port.node().guardedPort().windowBytes() == 0);
    }
}
