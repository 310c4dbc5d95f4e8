package io.penstock.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.gateway.otlp.Telemetry;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OTLP over HTTP: what is staged, where, and what is answered. */
class OtlpHttpTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private DataPort port;

    @BeforeEach
    void open() {
        port = new DataPort(DataPort.small(), 1, List.of(HttpIngress::new));
    }

    @AfterEach
    void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }

    private HttpAnswer post(String path, byte[] body, String... headers) {
        return HttpAnswer.post(port.client(HttpVersion.HTTP_1_1), path, body, headers);
    }

    private static void accepted(HttpAnswer answer, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(type);
        assertThat(answer.text()).isEqualTo(type.equals(JSON) ? "{}" : "");
    }

    @ParameterizedTest
    @EnumSource(OtlpSignal.class)
    void stagesTheBodyByteForByte(OtlpSignal signal) {
        byte[] body = Telemetry.of(signal).toByteArray();
        String path = "/v1/" + signal.word();

        accepted(post(path, body, "content-type", PROTOBUF), PROTOBUF);
        accepted(
                post(path, Gzip.of(body), "content-type", PROTOBUF, "content-encoding", "gzip"),
                PROTOBUF);
        accepted(
                post(
                        path,
                        Zstd.compress(body),
                        "content-type",
                        PROTOBUF,
                        "content-encoding",
                        "zstd",
                        "x-penstock-repo",
                        "web"),
                PROTOBUF);

        assertThat(port.intake().staged())
                .hasSize(3)
                .allMatch(staged -> staged.records() == 3)
                .allMatch(staged -> staged.encoding() == signal.encoding().code())
                .allSatisfy(staged -> assertThat(staged.body()).isEqualTo(body));
        assertThat(port.intake().staged())
                .extracting(staged -> staged.repo().value())
                .containsExactly("otlp-" + signal.word(), "otlp-" + signal.word(), "web");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "gzip, true"})
    void jsonIsStagedAsTheProtobufThatItStandsFor(String coding, boolean gzip) throws Exception {
        String text =
                """
                {"resourceLogs":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"test"}},
                  {"key":"penstock.repo","value":{"stringValue":"web"}}]},
                 "scopeLogs":[{"logRecords":[{"body":{"stringValue":"a"}},{"body":{"stringValue":"b"}}]}]}]}
                """;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        accepted(
                post(
                        "/v1/logs",
                        gzip ? Gzip.of(utf8) : utf8,
                        "content-type",
                        "application/json; charset=utf-8",
                        "content-encoding",
                        gzip ? coding : "identity"),
                JSON);
        FakeIntake.Staged staged = port.intake().staged().get(0);
        assertThat(staged.repo()).isEqualTo(new RepoName("web"));
        assertThat(ExportLogsServiceRequest.parseFrom(staged.body()))
                .isEqualTo(Telemetry.logs("web", "a", "b"));
    }

    @Test
    void aRequestWithoutRecordsIsAGoodOneAndNotStaged() {
        accepted(post("/v1/traces", new byte[0], "content-type", PROTOBUF), PROTOBUF);
        accepted(
                post("/v1/traces", "{}".getBytes(StandardCharsets.UTF_8), "content-type", JSON),
                JSON);

        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void aRefusalIsAStatusInTheEncodingOfTheRequest() throws Exception {
        HttpAnswer protobuf = post("/v1/logs", new byte[] {0x0a, 5, 1}, "content-type", PROTOBUF);
        assertThat(protobuf.status()).isEqualTo(400);
        assertThat(protobuf.header("content-type")).isEqualTo(PROTOBUF);
        CodedInputStream status = CodedInputStream.newInstance(protobuf.body().getBytes());
        assertThat(status.readTag()).isEqualTo(1 << 3);
        assertThat(status.readInt32()).isEqualTo(3);
        assertThat(status.readTag()).isEqualTo(2 << 3 | 2);
        assertThat(status.readString()).isEqualTo("byte 1: a length says 5 bytes, 1 are left");
        assertThat(status.isAtEnd()).isTrue();

        HttpAnswer json =
                post(
                        "/v1/logs",
                        "{\"resourceLogs\":1}".getBytes(StandardCharsets.UTF_8),
                        "content-type",
                        JSON);
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json().getInteger("code")).isEqualTo(3);
        assertThat(json.json().getString("message"))
                .isEqualTo("byte 16: resource_logs must be an array");
        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void whatIsNoRequestOfOursIsRefused() {
        byte[] body = Telemetry.of(OtlpSignal.LOGS).toByteArray();

        assertThat(post("/v1/logs", body, "content-type", "text/plain").status()).isEqualTo(415);
        assertThat(
                        post("/v1/logs", body, "content-type", PROTOBUF, "content-encoding", "br")
                                .status())
                .isEqualTo(415);
        assertThat(post("/v1/profiles", body, "content-type", PROTOBUF).status()).isEqualTo(404);
        HttpAnswer get =
                HttpAnswer.send(
                        port.client(HttpVersion.HTTP_1_1),
                        HttpMethod.GET,
                        "/v1/logs",
                        new byte[0],
                        "content-type",
                        PROTOBUF);
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("allow")).isEqualTo("POST");
        assertThat(
                        post("/v1/logs", body, "content-type", PROTOBUF, "x-penstock-repo", "No")
                                .status())
                .isEqualTo(400);
        byte[] large = Telemetry.logs("", "x".repeat(100_000)).toByteArray();
        assertThat(post("/v1/logs", large, "content-type", PROTOBUF).status()).isEqualTo(413);
        assertThat(port.intake().staged()).isEmpty();
    }

    @Test
    void noRoomTellsWhenToComeAgain() throws Exception {
        byte[] body = Telemetry.of(OtlpSignal.LOGS).toByteArray();
        port.intake().refuse(new Refusal.Full(new RepoName("otlp-logs"), 1500, "full"));
        HttpAnswer full = post("/v1/logs", body, "content-type", PROTOBUF);
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.header("retry-after")).isEqualTo("2");
        CodedInputStream status = CodedInputStream.newInstance(full.body().getBytes());
        assertThat(status.readTag()).isEqualTo(1 << 3);
        assertThat(status.readInt32()).isEqualTo(8);

        port.intake().refuse(null);
        port.node().drain();
        HttpAnswer draining = post("/v1/logs", body, "content-type", PROTOBUF);
        assertThat(draining.status()).isEqualTo(503);
        assertThat(draining.header("retry-after")).isNotNull();
    }
}
