package io.penstock.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.proto.ingest.v1.PushRequest;
import io.penstock.proto.record.v1.RecordBatch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is named, and what was accepted before stays accepted. */
class GrpcBadInputTest {
    private static final byte[] GOOD = Batches.framed(Batches.request("web"));

    private DataPort port;
    private HttpClient client;

    @BeforeEach
    void openWithOneBatchAccepted() {
        port =
                new DataPort(
                        DataPort.small(),
                        1,
                        List.of(lane -> new GrpcIngress(lane, ControlServices::of)));
        client = port.client(HttpVersion.HTTP_2);
        assertThat(RawCall.send(client, GrpcIngress.PUSH, GOOD).status()).isZero();
    }

    @AfterEach
    void nothingAcceptedIsLostAndTheConnectionLives() {
        int staged = port.intake().staged().size();
        assertThat(staged).isPositive();
        assertThat(port.intake().staged().get(0).body())
                .isEqualTo(Batches.batch(3, 10).toByteArray());
        assertThat(RawCall.send(client, GrpcIngress.PUSH, GOOD).status()).isZero();
        assertThat(port.intake().staged()).hasSize(staged + 1);
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().grpc().openCalls() == 0);
        port.close();
    }

    private void refused(byte[] body, int status, String... words) {
        refused(RawCall.send(client, GrpcIngress.PUSH, body), status, words);
        refused(RawCall.send(client, GrpcIngress.PUSH_STREAM, body), status, words);
    }

    private void refused(RawCall.Answer answer, int status, String... words) {
        assertThat(answer.http()).isEqualTo(200);
        assertThat(answer.status()).as(answer.message()).isEqualTo(status);
        for (String word : words) {
            assertThat(answer.message()).contains(word);
        }
        assertThat(answer.value("grpc-status-details-bin")).isNull();
        assertThat(answer.responses()).isEmpty();
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void garbageInsteadOfProtobuf() {
        byte[] garbage = new byte[100];
        Arrays.fill(garbage, (byte) 0xff);

        refused(Batches.framed(garbage, false), Status.INVALID_ARGUMENT, "byte 0", "ten bytes");
    }

    @Test
    void aRequestCutOffInsideItsBatch() {
        byte[] whole = Batches.request("web").toByteArray();

        refused(
                Batches.framed(Arrays.copyOf(whole, whole.length - 7), false),
                Status.INVALID_ARGUMENT,
                "a length says",
                "are left");
    }

    @Test
    void aRecordCutOffInsideItsBatch() {
        byte[] batch = Batches.batch(3, 10).toByteArray();
        PushRequest request = PushRequest.newBuilder().setRepo("web").buildPartial();
        byte[] cut = Arrays.copyOf(batch, batch.length - 3);
        byte[] body =
                Batches.joined(
                        request.toByteArray(), new byte[] {5 << 3 | 2, (byte) cut.length}, cut);

        refused(Batches.framed(body, false), Status.INVALID_ARGUMENT, "byte ", "a length says");
    }

    @Test
    void aPrefixLargerThanWhatFollows() {
        byte[] body = GOOD.clone();
        body[3] = 1;

        refused(
                body,
                Status.INVALID_ARGUMENT,
                "inside a message of " + (256 + GOOD.length - 5) + " bytes",
                (GOOD.length - 5) + " bytes into it");
    }

    @Test
    void aPrefixCutOff() {
        refused(new byte[3], Status.INVALID_ARGUMENT, "inside the prefix of a message, 3 bytes");
    }

    @Test
    void aPrefixOfFourGigabytes() {
        byte[] body = {0, -1, -1, -1, -1, 1, 2, 3};

        refused(body, Status.RESOURCE_EXHAUSTED, "message of 4294967295 bytes", "limit is 1048576");
    }

    @Test
    void aMessageOverTheLimitThatReallyComes() {
        byte[] message = new byte[(1 << 20) + 1];

        refused(
                Batches.framed(message, false),
                Status.RESOURCE_EXHAUSTED,
                "message of 1048577 bytes");
    }

    @Test
    void aHundredMegabyteRecord() {
        // Only the announcement and the first MiB are sent: the answer must not wait for the rest.
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.write(Buffer.buffer(new byte[] {0, 0x06, 0, 0, 0}));

        refused(DataPort.await(answer), Status.RESOURCE_EXHAUSTED, "100663296 bytes");
        request.reset();
    }

    @Test
    void aHundredMegabyteRecordThatIsSentToItsEnd() {
        HttpClientRequest request = RawCall.open(client, GrpcIngress.PUSH);
        Future<RawCall.Answer> answer = RawCall.answer(request);
        request.exceptionHandler(reset -> {});
        request.write(Buffer.buffer(new byte[] {0, 0x06, 0, 0, 0}));
        for (int i = 0; i < 100; i++) {
            request.write(Buffer.buffer(new byte[1 << 20]));
        }

        refused(DataPort.await(answer), Status.RESOURCE_EXHAUSTED, "100663296 bytes");
    }

    @Test
    void aRecordOverTheRecordLimit() {
        refused(
                Batches.framed(Batches.request("web", Batches.batch(1, 70_000))),
                Status.RESOURCE_EXHAUSTED,
                "record 1 has 700",
                "limit is 65536");
    }

    @Test
    void aZeroLengthRecord() {
        RecordBatch batch = Batches.batch(1, 1);
        byte[] body = Batches.joined(batch.toByteArray(), new byte[] {2 << 3 | 2, 0});

        refused(
                Batches.framed(
                        Batches.joined(
                                new byte[] {1 << 3 | 2, 3, 'w', 'e', 'b', 5 << 3 | 2},
                                new byte[] {(byte) body.length},
                                body),
                        false),
                Status.INVALID_ARGUMENT,
                "record 2 has no bytes");
    }

    @Test
    void anEmptyMessage() {
        refused(Batches.framed(new byte[0], false), Status.INVALID_ARGUMENT, "empty request");
    }

    @Test
    void anEmptyBatch() {
        refused(
                Batches.framed(Batches.request("web", RecordBatch.getDefaultInstance())),
                Status.INVALID_ARGUMENT,
                "no record");
    }

    @Test
    void noMessageAtAll() {
        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH, new byte[0]);

        refused(answer, Status.INTERNAL, "one request, none came");
    }

    @Test
    void twoMessagesInAUnaryCall() {
        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH, Batches.joined(GOOD, GOOD));

        refused(answer, Status.INTERNAL, "a second one came");
    }

    @Test
    void twoBatchesInOneRequest() {
        byte[] one = Batches.request("web").toByteArray();
        byte[] other = Batches.request("web").toBuilder().clearRepo().build().toByteArray();

        refused(
                Batches.framed(Batches.joined(one, other), false),
                Status.INVALID_ARGUMENT,
                "two batches");
    }

    @Test
    void namesThatAreNoRepoNames() {
        refusedName("", "repo name is empty");
        refusedName("../../etc/passwd", "starts with '.'");
        refusedName("a/b", "U+002F at 1");
        refusedName("a%2fb", "U+0025 at 1");
        refusedName("a\u0000b", "U+0000 at 1");
        refusedName("a\r\nb", "U+000D at 1");
        refusedName("Web", "U+0057 at 0");
        refusedName("w\u00e9b", "U+00E9 at 1");
        refusedName("x".repeat(129), "129 bytes, the limit is 128");
    }

    private void refusedName(String name, String fault) {
        RawCall.Answer answer =
                RawCall.send(client, GrpcIngress.PUSH, Batches.framed(Batches.request(name)));
        refused(answer, Status.INVALID_ARGUMENT);
        assertThat(answer.message()).contains(fault);
    }

    @Test
    void anUnknownAcknowledgementLevel() {
        PushRequest request = Batches.request("web").toBuilder().setAckValue(9).build();

        refused(Batches.framed(request), Status.INVALID_ARGUMENT, "acknowledgement level 9");
    }

    @Test
    void aProducerWithoutSequence() {
        PushRequest request = Batches.request("web").toBuilder().setProducerId(4).build();

        refused(Batches.framed(request), Status.INVALID_ARGUMENT, "sequence 0");
    }

    @Test
    void aSequenceThatGoesBackOrJumps() {
        port.intake().refuse(new Refusal.BadSequence("sequence 1 went back, 300 is the highest"));

        RawCall.Answer answer = RawCall.send(client, GrpcIngress.PUSH, GOOD);

        refused(answer, Status.INVALID_ARGUMENT, "sequence 1 went back");
        port.intake().refuse(null);
    }

    @Test
    void anUnknownRepo() {
        port.intake().refuse(new Refusal.UnknownRepo("repo web does not exist"));

        refused(
                RawCall.send(client, GrpcIngress.PUSH, GOOD),
                Status.NOT_FOUND,
                "web does not exist");
        port.intake().refuse(null);
    }

    @Test
    void aCompressedMessageWithoutEncoding() {
        byte[] body = Batches.framed(Gzip.of(Batches.request("web").toByteArray()), true);

        refused(body, Status.INTERNAL, "compressed", "no grpc-encoding");
    }

    @Test
    void anEncodingThatIsUnknown() {
        RawCall.Answer answer =
                RawCall.send(client, GrpcIngress.PUSH, GOOD, "grpc-encoding", "snappy");

        refused(answer, Status.UNIMPLEMENTED, "unknown grpc-encoding snappy");
        assertThat(answer.value("grpc-accept-encoding")).isEqualTo("identity, gzip, zstd");
    }

    @Test
    void aFlagByteThatIsNone() {
        byte[] body = GOOD.clone();
        body[0] = 7;

        refused(body, Status.INTERNAL, "flag byte 7");
    }

    @Test
    void bytesThatAreNotGzip() {
        refused(
                RawCall.send(
                        client,
                        GrpcIngress.PUSH,
                        Batches.framed(new byte[50], true),
                        "grpc-encoding",
                        "gzip"),
                Status.INVALID_ARGUMENT,
                "gzip data");
    }

    @Test
    void bombs() {
        byte[] zeros = new byte[64 << 20];
        refused(bomb(Gzip.of(zeros), "gzip"), Status.RESOURCE_EXHAUSTED, "gzip data inflates to");
        refused(
                bomb(Zstd.compress(zeros), "zstd"),
                Status.RESOURCE_EXHAUSTED,
                "zstd data inflates to");
    }

    private RawCall.Answer bomb(byte[] small, String encoding) {
        return RawCall.send(
                client, GrpcIngress.PUSH, Batches.framed(small, true), "grpc-encoding", encoding);
    }

    @Test
    void methodsAndTypesThatAreNone() {
        assertThat(RawCall.send(client, GrpcIngress.SERVICE + "Pull", GOOD).status())
                .isEqualTo(Status.UNIMPLEMENTED);
        assertThat(RawCall.send(client, "/other.Service/Push", GOOD).status())
                .isEqualTo(Status.UNIMPLEMENTED);
        RawCall.Answer json =
                RawCall.send(client, GrpcIngress.PUSH, GOOD, "content-type", "application/json");
        assertThat(json.http()).isEqualTo(415);
        RawCall.Answer get =
                DataPort.await(
                        client.request(HttpMethod.GET, GrpcIngress.PUSH)
                                .compose(
                                        request -> {
                                            Future<RawCall.Answer> answer = RawCall.answer(request);
                                            request.end();
                                            return answer;
                                        }));
        assertThat(get.http()).isEqualTo(405);
        assertThat(get.value("allow")).isEqualTo("POST");
        assertThat(port.intake().staged()).hasSize(1);
    }

    @Test
    void aTimeOutThatIsNone() {
        refused(
                RawCall.send(client, GrpcIngress.PUSH, GOOD, "grpc-timeout", "soon"),
                Status.INTERNAL,
                "grpc-timeout");
    }

    @Test
    void unknownFieldsArePassedOver() {
        UnknownFieldSet unknown =
                UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder()
                                        .addVarint(-1)
                                        .addFixed32(3)
                                        .addFixed64(4)
                                        .addLengthDelimited(ByteString.copyFromUtf8("?"))
                                        .build())
                        .build();
        PushRequest request = Batches.request("web").toBuilder().setUnknownFields(unknown).build();

        assertThat(RawCall.send(client, GrpcIngress.PUSH, Batches.framed(request)).status())
                .isZero();
        assertThat(port.intake().staged()).hasSize(2);
    }
}
