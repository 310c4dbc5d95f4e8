package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.gateway.otlp.Telemetry;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OTLP over gRPC: what is staged, where, and what is answered. */
class OtlpGrpcTest {
    private static final String LOGS = path("logs.v1.LogsService");

    private DataPort port;
    private HttpClient client;

    @BeforeEach
    void open() {
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(
                                lane -> new GrpcIngress(lane, ControlServices::of),
                                HttpIngress::new));
        client = port.client(HttpVersion.HTTP_2);
    }

    @AfterEach
    void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.close();
    }

    private static String path(String service) {
        return "/opentelemetry.proto.collector." + service + "/Export";
    }

    private RawCall.Answer send(byte[] message, String... headers) {
        return RawCall.send(client, LOGS, Batches.framed(message, false), headers);
    }

    private static void accepted(RawCall.Answer answer) {
        assertThat(answer.status()).as(answer.message()).isZero();
        assertThat(answer.body().getBytes()).isEqualTo(new byte[5]);
    }

    @ParameterizedTest
    @EnumSource(OtlpSignal.class)
    void stagesTheMessageByteForByte(OtlpSignal signal) {
        String service =
                switch (signal) {
                    case LOGS -> "logs.v1.LogsService";
                    case METRICS -> "metrics.v1.MetricsService";
                    case TRACES -> "trace.v1.TraceService";
                };
        byte[] message = Telemetry.of(signal).toByteArray();

        accepted(RawCall.send(client, path(service), Batches.framed(message, false)));

        FakeIntake.Staged staged = port.intake().staged().get(0);
        assertThat(staged.repo()).isEqualTo(new RepoName("otlp-" + signal.word()));
        assertThat(staged.encoding()).isEqualTo(signal.encoding().code());
        assertThat(staged.records()).isEqualTo(3);
        assertThat(staged.ack()).isEqualTo(AckLevel.STAGED);
        assertThat(staged.body()).isEqualTo(message);
    }

    @Test
    void undoesCompression() {
        byte[] message = Telemetry.logs("", "x".repeat(1000)).toByteArray();

        accepted(
                RawCall.send(
                        client,
                        LOGS,
                        Batches.framed(Gzip.of(message), true),
                        "grpc-encoding",
                        "gzip"));
        assertThat(port.intake().staged().get(0).body()).isEqualTo(message);
    }

    @Test
    void aRequestWithoutRecordsIsAGoodOneAndNotStaged() {
        accepted(send(new byte[0]));
        accepted(send(Telemetry.logs("web").toByteArray()));

        assertThat(port.intake().staged()).isEmpty();
        assertThat(port.node().grpc().acceptedRequests()).isEqualTo(2);
    }

    @Test
    void theRepoIsNamedByTheHeaderThenTheResourceThenTheConfiguration() {
        byte[] named = Telemetry.logs("of-resource", "a").toByteArray();
        accepted(send(named, "x-penstock-repo", "of-header"));
        accepted(send(named));
        accepted(send(Telemetry.logs("", "a").toByteArray()));

        assertThat(port.intake().staged())
                .extracting(staged -> staged.repo().value())
                .containsExactly("of-header", "of-resource", "otlp-logs");
    }

    @Test
    void resourcesOfSeveralReposAreRefusedUnlessTheHeaderNamesOne() {
        ExportLogsServiceRequest one = Telemetry.logs("one", "a");
        byte[] same = one.toByteString().concat(one.toByteString()).toByteArray();
        byte[] two = joined(one, Telemetry.logs("two", "a"));
        byte[] half = joined(one, Telemetry.logs("", "a"));

        accepted(send(same));
        assertThat(send(two).status()).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(send(half).message()).contains("differ in penstock.repo");
        accepted(send(two, "x-penstock-repo", "both"));
        assertThat(port.intake().staged()).hasSize(2);
    }

    private static byte[] joined(ExportLogsServiceRequest one, ExportLogsServiceRequest two) {
        ByteString both = one.toByteString().concat(two.toByteString());
        return both.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"x-penstock-repo, UPPER", "x-penstock-repo, ''", "penstock-ack, never"})
    void aHeaderThatSaysNothingSensibleIsRefused(String name, String value) {
        RawCall.Answer answer = send(Telemetry.logs("", "a").toByteArray(), name, value);

        assertThat(answer.status()).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(answer.message()).startsWith(name);
    }

    @Test
    void aResourceThatNamesNoRepoIsRefused() {
        assertThat(send(Telemetry.logs("No Repo", "a").toByteArray()).message())
                .startsWith("penstock.repo: repo name has character");
        assertThat(send(Telemetry.logs("x".repeat(200), "a").toByteArray()).message())
                .startsWith("penstock.repo is longer than 128");
    }

    @Test
    void brokenFramingIsRefusedForGood() {
        RawCall.Answer answer = send(new byte[] {0x0a, 5, 1});

        assertThat(answer.status()).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(answer.message()).isEqualTo("byte 1: a length says 5 bytes, 1 are left");
        assertThat(answer.value("grpc-status-details-bin")).isNull();
        assertThat(send("{}".getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(port.intake().staged()).isEmpty();
    }

    /** RESOURCE_EXHAUSTED would have a client send it again. */
    @Test
    void whatIsTooLargeIsRefusedForGood() {
        byte[] record = Telemetry.logs("", "x".repeat(100_000)).toByteArray();
        byte[] message = Telemetry.logs("", "x".repeat(2 << 20)).toByteArray();

        assertThat(send(record).status()).isEqualTo(Status.INVALID_ARGUMENT);
        assertThat(send(message).status()).isEqualTo(Status.INVALID_ARGUMENT);
    }

    @Test
    void noRoomTellsWhenToComeAgain() {
        port.intake().refuse(new Refusal.Full(new RepoName("otlp-logs"), 1500, "full"));
        RawCall.Answer full = send(Telemetry.logs("", "a").toByteArray());
        assertThat(full.status()).isEqualTo(Status.RESOURCE_EXHAUSTED);
        assertThat(full.value("grpc-status-details-bin")).isNotNull();

        port.intake().refuse(null);
        port.node().drain();
        RawCall.Answer draining = send(Telemetry.logs("", "a").toByteArray());
        assertThat(draining.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(draining.value("grpc-status-details-bin")).isNotNull();
    }

    @Test
    void anUnknownServiceIsUnimplemented() {
        RawCall.Answer answer =
                RawCall.send(
                        client,
                        "/opentelemetry.proto.collector.profiles.v1.ProfilesService/Export",
                        new byte[5]);
        assertThat(answer.status()).isEqualTo(Status.UNIMPLEMENTED);
    }
}
