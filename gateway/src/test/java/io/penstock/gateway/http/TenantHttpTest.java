package io.penstock.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.tenant.RefusalCause;
import io.penstock.gateway.tenant.RepoLimits;
import io.penstock.gateway.tenant.SharingConfig;
import io.penstock.gateway.tenant.Tenancy;
import io.penstock.gateway.tenant.TenantLimits;
import io.penstock.gateway.tenant.TenantRule;
import io.penstock.gateway.tenant.TenantStats;
import io.penstock.gateway.tenant.Tenants;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of tenants as clients of HTTP meet them. */
class TenantHttpTest {
    private static final byte[] BATCH = Batches.batch(3, 10).toByteArray();
    private static final String TYPE = "application/x-protobuf";
    private static final int READ_LIMIT_MS = 20_000;

    private final DataPort port =
            new DataPort(DataPort.small(), 1, List.of(lane -> new HttpIngress(lane)));

    private Tenancy tenancy(TenantLimits limits) {
        List<TenantRule> rules =
                List.of(
                        new TenantRule("acme", List.of("acme-*"), 1, limits, RepoLimits.NONE, true),
                        new TenantRule(
                                "zeta",
                                List.of("zeta-*"),
                                1,
                                TenantLimits.NONE,
                                RepoLimits.NONE,
                                true));
        Tenancy tenancy =
                new Tenancy(
                        new Tenants(rules),
                        SharingConfig.DEFAULT,
                        port.node().config().maxBatchBytes(),
                        System::nanoTime);
        port.node().admission(tenancy);
        return tenancy;
    }

    private HttpAnswer push(String repo) {
        return HttpAnswer.post(
                port.client(HttpVersion.HTTP_1_1),
                "/v1/repos/" + repo + "/batches",
                BATCH,
                "content-type",
                TYPE);
    }

    private static TenantStats.Used used(Tenancy tenancy) {
        return tenancy.stats().get(0).used();
    }

    @AfterEach
    void close() {
        port.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
        socket.setSoTimeout(READ_LIMIT_MS);
        return socket;
    }

    private static void head(Socket socket, String repo, String... headers) throws IOException {
        String head =
                "POST /v1/repos/"
                        + repo
                        + "/batches HTTP/1.1\r\nHost: x\r\nContent-Type: "
                        + TYPE
                        + "\r\n"
                        + String.join("\r\n", headers)
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    }

    private static String answerHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Test
    void whoIsRefusedAndSendsAllTheSameIsReadNoSoonerThanItMayComeBack() throws IOException {
        tenancy(new TenantLimits(1, 0, 1_000, 0, 0, 0, 0, 0, 0));
        assertThat(push("acme-web").status()).isEqualTo(200);
        try (Socket socket = connect()) {
            long beginNs = System.nanoTime();
            for (int i = 0; i < 2; i++) {
                head(socket, "acme-web", "Content-Length: 16");
                socket.getOutputStream().write(new byte[16]);
                String head = answerHead(socket).toLowerCase(Locale.ROOT);
                assertThat(head).startsWith("http/1.1 429");
                String length = head.split("content-length: ", -1)[1].split("\r", -1)[0];
                socket.getInputStream().skipNBytes(Integer.parseInt(length));
            }
            // the clock of a lane goes in steps of 100 ms
            assertThat(System.nanoTime() - beginNs).isGreaterThan(140_000_000L);
        }
        assertThat(push("zeta-web").status()).as("others").isEqualTo(200);
    }

    @Test
    void whoIsOverARateIsToldByHeadersBeforeTheBodyIsSent() throws IOException {
        Tenancy tenancy = tenancy(new TenantLimits(1, 0, 1_000, 0, 0, 0, 0, 0, 0));
        assertThat(push("acme-web").status()).isEqualTo(200);
        try (Socket socket = connect()) {
            head(socket, "acme-web", "Content-Length: 1000", "Expect: 100-continue");

            assertThat(answerHead(socket))
                    .startsWith("HTTP/1.1 429")
                    .contains("Penstock-Retry-After-Ms: ")
                    .as("of a whole batch at a byte a second")
                    .containsPattern("Retry-After: [0-9]{2,}");
        }
        assertThat(push("zeta-web").status()).isEqualTo(200);
        assertThat(push("acme-app").json().getJsonObject("error").getString("message"))
                .contains("tenant acme has used up its bytes_per_s");
        assertThat(used(tenancy).inFlight()).isZero();
        assertThat(used(tenancy).acceptedBytes()).isEqualTo(BATCH.length);
    }

    @Test
    void aRequestCountsFromItsHeadersUntilItsClientIsGone() throws IOException {
        Tenancy tenancy = tenancy(new TenantLimits(0, 0, 1_000, 1, 0, 0, 0, 0, 0));
        try (Socket socket = connect()) {
            head(socket, "acme-web", "Content-Length: 1000");
            socket.getOutputStream().write(new byte[300]);
            DataPort.awaitUntil("it counts", () -> used(tenancy).gatheredBytes() == 300);

            assertThat(push("acme-app").status()).isEqualTo(429);
            assertThat(push("zeta-web").status()).isEqualTo(200);
        }
        DataPort.awaitUntil("it is gone", () -> used(tenancy).inFlight() == 0);
        DataPort.awaitUntil("so are its bytes", () -> used(tenancy).gatheredBytes() == 0);
        assertThat(push("acme-app").status()).isEqualTo(200);
    }

    @Test
    void aTenantThatFillsTheMemoryForBodiesLeavesRoomForOthers() throws IOException {
        Tenancy tenancy = tenancy(TenantLimits.NONE);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Socket socket = connect();
                sockets.add(socket);
                head(socket, "acme-web", "Content-Length: 1000000");
                socket.getOutputStream().write(new byte[900_000]);
            }
            DataPort.awaitUntil("it has met its share", () -> port.node().http().faults() > 0);

            long beganNs = System.nanoTime();
            assertThat(push("zeta-web").status()).isEqualTo(200);
            assertThat(System.nanoTime() - beganNs)
                    .as("in less than the time after which stalled bodies are given up")
                    .isLessThan(5_000_000_000L);
            assertThat(port.node().budget().over()).isFalse();
            assertThat(used(tenancy).gatheredBytes()).isGreaterThan(2_000_000);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        DataPort.awaitUntil("all is let go", () -> used(tenancy).gatheredBytes() == 0);
        assertThat(used(tenancy).inFlight()).isZero();
    }

    @Test
    void batchesAndRecordsHaveTheirTenantsLimits() {
        tenancy(new TenantLimits(0, 0, 1_000, 0, 0, 0, 0, 200, 60));

        assertThat(push("acme-web").status()).isEqualTo(200);
        byte[] longer = Batches.batch(30, 10).toByteArray();
        byte[] wider = Batches.batch(1, 100).toByteArray();
        for (byte[] body : List.of(longer, wider)) {
            for (String repo : List.of("acme-web", "zeta-web")) {
                assertThat(
                                HttpAnswer.post(
                                                port.client(HttpVersion.HTTP_2),
                                                "/v1/repos/" + repo + "/batches",
                                                body,
                                                "content-type",
                                                TYPE)
                                        .status())
                        .isEqualTo(repo.equals("zeta-web") ? 200 : 413);
            }
        }
    }

    @Test
    void whatTheStageRefusesIsNotPaidFor() {
        Tenancy tenancy = tenancy(new TenantLimits(1, 0, 1_000, 0, 0, 0, 0, 0, 0));
        port.intake().refuse(new Refusal.Full(new RepoName("acme-web"), 30, "full"));
        for (int i = 0; i < 5; i++) {
            assertThat(push("acme-web").json().getJsonObject("error").getString("message"))
                    .contains("full");
        }
        port.intake().refuse(null);
        assertThat(push("acme-web").status()).isEqualTo(200);
        assertThat(used(tenancy).inFlight()).isZero();
    }

    private static void whole(Socket socket, String repo) throws IOException {
        head(socket, repo, "Content-Length: " + BATCH.length);
        socket.getOutputStream().write(BATCH);
    }

    @Test
    void aConnectionBelongsToTheTenantOfItsFirstBatchUntilItCloses() throws IOException {
        Tenancy tenancy = tenancy(new TenantLimits(0, 0, 1_000, 0, 1, 0, 0, 0, 0));
        try (Socket first = connect();
                Socket second = connect();
                Socket others = connect()) {
            whole(first, "acme-web");
            assertThat(answerHead(first)).startsWith("HTTP/1.1 200");
            assertThat(used(tenancy).connections()).isEqualTo(1);
            whole(others, "zeta-web");
            String head = answerHead(others);
            assertThat(head).startsWith("HTTP/1.1 200");
            body(others, head);
            whole(others, "acme-web"); // it is zeta's
            assertThat(answerHead(others)).startsWith("HTTP/1.1 200");

            whole(second, "acme-app");
            assertThat(answerHead(second))
                    .startsWith("HTTP/1.1 429")
                    .contains("Penstock-Retry-After-Ms: 1000");
            assertThat(new String(second.getInputStream().readAllBytes(), ISO_8859_1))
                    .as("and then it is closed")
                    .contains("tenant acme has 1 connections, its limit");
            assertThat(used(tenancy).connections()).isEqualTo(1);
        }
        DataPort.awaitUntil("it is free", () -> used(tenancy).connections() == 0);
        try (Socket third = connect()) {
            whole(third, "acme-web");
            assertThat(answerHead(third)).startsWith("HTTP/1.1 200");
        }
        assertThat(tenancy.stats().get(0).refused().get(RefusalCause.CONNECTIONS)).isEqualTo(1);
    }

    /** Reads the body that a head announces. */
    private static void body(Socket socket, String head) throws IOException {
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).isTrue();
        socket.getInputStream().skipNBytes(Long.parseLong(length.group(1)));
    }
}
