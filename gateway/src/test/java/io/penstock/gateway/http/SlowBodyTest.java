package io.penstock.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 spoken by hand: bodies that stop, lie or come when nobody waits for them. */
class SlowBodyTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();

    private DataPort port;

    @BeforeEach
    void open() {
        port = new DataPort(DataPort.small(500), 1, List.of(HttpIngress::new));
    }

    @AfterEach
    void othersAreServedAndNothingIsHeld() {
        int staged = port.intake().staged().size();
        assertThat(
                        HttpAnswer.post(
                                        port.client(HttpVersion.HTTP_1_1),
                                        "/v1/repos/web/batches",
                                        BATCH,
                                        "content-type",
                                        "application/x-protobuf")
                                .status())
                .isEqualTo(200);
        assertThat(port.intake().staged()).hasSize(staged + 1);
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }

    @Test
    void aBodyThatStopsIsGivenUp() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: 100") + "half of it");

            assertThat(readHead(socket)).startsWith("HTTP/1.1 408").contains("application/json");
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void aConnectionLivesOnAfterARefusalWhenTheBodyHasCome() throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                send(
                        socket,
                        head("Content-Length: 9").replace("x-protobuf", "x-what") + "123456789");
                assertThat(readAnswer(socket)).startsWith("HTTP/1.1 415");
            }
            send(socket, head("Content-Length: " + BATCH.length));
            socket.getOutputStream().write(BATCH);
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void aHundredMegabyteBodyIsAnsweredBeforeItComes() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: 100000000"));

            assertThat(readHead(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aHundredMegabyteBodyWithoutAnnouncementIsCutOff() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Transfer-Encoding: chunked"));
            byte[] chunk = new byte[0x10000 + 9];
            System.arraycopy("10000\r\n".getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, 7);
            chunk[chunk.length - 2] = '\r';
            chunk[chunk.length - 1] = '\n';
            // One more than the limit is enough for the answer; the client goes on regardless.
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(chunk);
            }

            assertThat(readHead(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyThatIsNotWaitedForIsNotAskedFor() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: 100000000\r\nExpect: 100-continue"));

            assertThat(readHead(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aChunkWhoseLengthIsNoNumberEndsTheConnection() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Transfer-Encoding: chunked") + "zz\r\nxx\r\n");

            assertThat(socket.getInputStream().readAllBytes()).asString().doesNotContain(" 200 ");
        }
        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksInsideABodyStagesNothing() throws IOException {
        try (Socket socket = connect()) {
            send(socket, head("Content-Length: " + BATCH.length));
            socket.getOutputStream().write(BATCH, 0, BATCH.length - 1);
        }
        DataPort.awaitUntil("the call ended", () -> port.node().http().openCalls() == 0);
        assertThat(port.intake().staged()).isEmpty();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String head(String length) {
        return "POST /v1/repos/web/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf"
                + "\r\n"
                + length
                + "\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readHead(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            assertThat(next).as("end of stream after: " + head).isNotNegative();
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static String readAnswer(Socket socket) throws IOException {
        String head = readHead(socket);
        int at = head.indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)));
        socket.getInputStream().readNBytes(length);
        return head;
    }
}
