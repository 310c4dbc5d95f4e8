package io.penstock.exporter.sink.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.RecordVisitor;
import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpSinkTest {
    private static final Buffer LOGS_1 = logs(1, "a", "b");
    private static final Buffer LOGS_2 = logs(2, "c");
    private static final Buffer SPANS =
            Buffer.buffer(
                    ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(
                                    ResourceSpans.newBuilder()
                                            .addScopeSpans(
                                                    ScopeSpans.newBuilder()
                                                            .addSpans(
                                                                    Span.newBuilder()
                                                                            .setName("one"))
                                                            .addSpans(
                                                                    Span.newBuilder()
                                                                            .setName("two"))))
                            .build()
                            .toByteArray());

    private static Buffer logs(long number, String... texts) {
        return Buffer.buffer(OtlpDeliveries.request(number, List.of(texts)).toByteArray());
    }

    private final Vertx vertx = Vertx.vertx();
    private OtlpServer server;

    @BeforeEach
    void start() throws Exception {
        server = new OtlpServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    /** A piece as it is staged. */
    private record Piece(Encoding encoding, int records, Buffer body) {}

    private static final Piece TWO_LOGS = new Piece(Encoding.OTLP_LOGS, 2, LOGS_1);
    private static final Piece ONE_LOG = new Piece(Encoding.OTLP_LOGS, 1, LOGS_2);
    private static final Piece TWO_SPANS = new Piece(Encoding.OTLP_TRACES, 2, SPANS);

    private record Pieces(List<Piece> pieces) implements Delivery {
        @Override
        public DeliveryId id() {
            return new DeliveryId(new RepoName("repo"), "export", 1, 0, 1, 0, records());
        }

        @Override
        public int records() {
            int records = 0;
            for (Piece piece : pieces) {
                records += piece.records();
            }
            return records;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public int attempt() {
            return 0;
        }

        @Override
        public void read(RecordVisitor visitor) {
            throw new AssertionError("an otlp sink decodes nothing");
        }

        @Override
        public void readRaw(RawVisitor visitor) {
            for (Piece piece : pieces) {
                byte[] body = piece.body().getBytes();
                visitor.piece(piece.encoding(), piece.records(), body, 0, body.length);
            }
        }
    }

    private static OtlpSinkConfig config(
            String url, OtlpProtocol protocol, PartialSuccess partial) {
        return new OtlpSinkConfig(
                url,
                protocol,
                Map.of("token", "t0k3n"),
                Compression.GZIP,
                partial,
                100_000,
                20_000,
                4,
                "",
                "",
                "",
                false);
    }

    private Outcome deliver(OtlpProtocol protocol, Piece... pieces) throws Exception {
        return deliver(
                config(server.url(), protocol, PartialSuccess.DEAD_LETTER),
                new Pieces(List.of(pieces)));
    }

    private Outcome deliver(OtlpSinkConfig config, Delivery delivery) throws Exception {
        SinkContext context =
                new SinkContext(
                        vertx, new RepoName("repo"), "export", Path.of("."), Clock.systemUTC());
        Promise<Outcome> outcome = Promise.promise();
        vertx.runOnContext(
                nothing -> {
                    Sink sink = new OtlpSinkFactory().create(config, context);
                    Future<Outcome> sent = sink.deliver(delivery);
                    sent.onComplete(
                            done -> sink.close().onComplete(closed -> outcome.handle(done)));
                });
        return outcome.future().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(OtlpProtocol.class)
    void handsOnTheBytesOfASignalOneBehindTheOther(OtlpProtocol protocol) throws Exception {
        assertThat(deliver(protocol, TWO_LOGS, TWO_SPANS, ONE_LOG)).isEqualTo(Outcome.DELIVERED);

        assertThat(server.accepted()).hasSize(2).allMatch(each -> each.token().equals("t0k3n"));
        boolean grpc = protocol == OtlpProtocol.GRPC;
        String logs =
                grpc ? "/opentelemetry.proto.collector.logs.v1.LogsService/Export" : "/v1/logs";
        String spans =
                grpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces";
        for (OtlpServer.Received each : server.accepted()) {
            if (each.path().equals(logs)) {
                Buffer joined = Buffer.buffer().appendBuffer(LOGS_1).appendBuffer(LOGS_2);
                assertThat(each.message()).isEqualTo(joined);
            } else {
                assertThat(each.path()).isEqualTo(spans);
                assertThat(each.message()).isEqualTo(SPANS);
            }
        }
    }

    @Test
    void oneSmallDeliveryIsTheBytesThatCame() throws Exception {
        assertThat(deliver(OtlpProtocol.GRPC, TWO_LOGS)).isEqualTo(Outcome.DELIVERED);
        assertThat(server.accepted())
                .singleElement()
                .extracting(OtlpServer.Received::message)
                .isEqualTo(LOGS_1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', RETRY", "2, '', REJECT", "3, '', REJECT", "4, '', RETRY", "5, '', RETRY",
        "6, '', REJECT", "7, '', RETRY", "8, '', REJECT", "8, 7, 7000", "9, '', REJECT",
        "10, '', RETRY", "11, '', RETRY", "12, '', RETRY", "13, '', REJECT", "14, '', RETRY",
        "14, 3, 3000", "15, '', RETRY", "16, '', RETRY"
    })
    void anAnswerOfGrpcMeansWhatTheSpecificationSays(int status, String delay, String meaning)
            throws Exception {
        server.answers(received -> new OtlpServer.Answer(status, delay));
        means(deliver(OtlpProtocol.GRPC, TWO_LOGS), meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "400, '', REJECT", "401, '', RETRY", "404, '', RETRY", "408, '', REJECT", "413, '', REJECT",
        "429, '', RETRY", "429, 7, 7000", "500, '', REJECT", "501, '', REJECT", "502, '', RETRY",
        "503, 2, 2000", "504, '', RETRY"
    })
    void anAnswerOfHttpMeansWhatTheSpecificationSays(int status, String delay, String meaning)
            throws Exception {
        server.answers(received -> new OtlpServer.Answer(status, delay));
        means(deliver(OtlpProtocol.HTTP, TWO_LOGS), meaning);
    }

    private static void means(Outcome outcome, String meaning) {
        if (meaning.equals("REJECT")) {
            assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        } else {
            assertThat(outcome).isInstanceOf(Outcome.Retry.class);
            long afterMs =
                    meaning.equals("RETRY") ? Outcome.Retry.BACK_OFF : Long.parseLong(meaning);
            assertThat(((Outcome.Retry) outcome).afterMs()).isEqualTo(afterMs);
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpProtocol.class)
    void whatATargetTakesInPartBecomesDeadLettersAndIsNotSentAgain(OtlpProtocol protocol)
            throws Exception {
        answersInPart(1, "too old");

        assertThat(deliver(protocol, TWO_LOGS))
                .isEqualTo(
                        new Outcome.PerRecord(
                                new BitSet(),
                                bits(0, 2),
                                Outcome.Retry.BACK_OFF,
                                "the target dropped 1 of the 2 records of the request, and does not"
                                        + " say which: too old"));
        assertThat(
                        deliver(
                                config(server.url(), protocol, PartialSuccess.ACCEPT),
                                new Pieces(List.of(TWO_LOGS))))
                .isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aWarningIsNoRefusal() throws Exception {
        answersInPart(0, "use another field");
        assertThat(deliver(OtlpProtocol.GRPC, TWO_LOGS)).isEqualTo(Outcome.DELIVERED);
    }

    private void answersInPart(long rejected, String message) {
        byte[] response =
                ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(
                                ExportLogsPartialSuccess.newBuilder()
                                        .setRejectedLogRecords(rejected)
                                        .setErrorMessage(message))
                        .build()
                        .toByteArray();
        server.answers(received -> new OtlpServer.Answer(0, "", Buffer.buffer(response)));
    }

    @Test
    void onlyTheRecordsOfTheSignalThatWasRefusedComeAgain() throws Exception {
        server.answers(
                received -> new OtlpServer.Answer(received.path().contains("Trace") ? 3 : 0, ""));

        Outcome outcome = deliver(OtlpProtocol.GRPC, TWO_LOGS, TWO_SPANS, ONE_LOG);
        assertThat(outcome).isInstanceOf(Outcome.PerRecord.class);
        Outcome.PerRecord each = (Outcome.PerRecord) outcome;
        assertThat(each.again()).isEqualTo(bits(2, 4));
        assertThat(each.refused()).isEqualTo(new BitSet());
        assertThat(each.afterMs()).isZero();
    }

    @Test
    void recordsThatDidNotComeByOtlpAreRefusedWithTheReason() throws Exception {
        Outcome outcome =
                deliver(
                        config(server.url(), OtlpProtocol.GRPC, PartialSuccess.ACCEPT),
                        TestDelivery.of(1, 3).lend());

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Rejected(
                                "records staged as NATIVE: an otlp sink hands on what came by OTLP,"
                                        + " as it came"));
        assertThat(server.accepted()).isEmpty();
    }

    @Test
    void aRequestOverTheLimitIsNotSent() throws Exception {
        Outcome outcome =
                deliver(
                        OtlpProtocol.GRPC,
                        new Piece(Encoding.OTLP_LOGS, 1, logs(1, "x".repeat(100_001))));

        assertThat(outcome)
                .isEqualTo(new Outcome.Rejected("the request is over max_body_bytes, 100000"));
        assertThat(server.accepted()).isEmpty();
    }

    @Test
    void aWrongKeyIsNamed() {
        assertThatThrownBy(() -> config("ftp://x", OtlpProtocol.GRPC, PartialSuccess.ACCEPT))
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(() -> config("http://x/?a=1", OtlpProtocol.GRPC, PartialSuccess.ACCEPT))
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(
                        () ->
                                new OtlpSinkConfig(
                                        "http://x",
                                        OtlpProtocol.HTTP,
                                        Map.of(),
                                        Compression.ZSTD,
                                        PartialSuccess.ACCEPT,
                                        1,
                                        1,
                                        1,
                                        "",
                                        "",
                                        "",
                                        false))
                .hasMessageStartingWith("compression: ");
    }

    private static BitSet bits(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }
}
