package io.penstock.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.penstock.exporter.record.BatchFault;
import io.penstock.exporter.record.BatchScan;
import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.MalformedBatchException;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.Row;
import io.penstock.exporter.record.RowCollector;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Seed;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OtlpFormTest {
    private static final int ROUNDS = 3000;
    private static final long ARRIVED_MS = 1_700_000_000_123L;
    private static final long ARRIVED_NANOS = ARRIVED_MS * 1_000_000;

    private final BatchScan scan = new BatchScan(1 << 20);
    private final RecordReader reader = new RecordReader();

    @Test
    void saysWhatProtobufReadsAndCountsAsMany() {
        SplittableRandom random = Seed.random("OtlpFormTest.says");
        RandomRequests requests = new RandomRequests(random);
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Encoding encoding = requests.encoding();
            Message request = requests.next(encoding);
            byte[] bytes = request.toByteArray();
            List<Row> expected = expectedOf(request);
            int counted = scan.scan(encoding, cut(bytes, random), 0, bytes.length);
            assertThat(counted).isEqualTo(expected.isEmpty() ? -1 : expected.size());
            assertThat(read(encoding, bytes)).isEqualTo(expected);
            compared += expected.size();
        }
        assertThat(compared).isGreaterThan(ROUNDS);
    }

    @Test
    void slicesHoldTheRecordsAndWhatTheyInherit() {
        SplittableRandom random = Seed.random("OtlpFormTest.slices");
        RandomRequests requests = new RandomRequests(random);
        int cuts = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Encoding encoding = requests.encoding();
            Message request = requests.next(encoding);
            List<Row> all = expectedOf(request);
            if (all.isEmpty()) {
                continue;
            }
            byte[] bytes = request.toByteArray();
            int from = random.nextInt(all.size());
            int to = from + 1 + random.nextInt(all.size() - from);
            WriteBuffer out = new WriteBuffer(0);
            reader.wrap(encoding, bytes, 0, bytes.length, ARRIVED_MS).slice(from, to, out);
            assertThat(read(encoding, out.toByteArray())).isEqualTo(all.subList(from, to));

            RowCollector part = new RowCollector();
            reader.wrap(encoding, bytes, 0, bytes.length, ARRIVED_MS).read(from, to, part);
            assertThat(normal(part.rows)).isEqualTo(all.subList(from, to));
            cuts++;
        }
        assertThat(cuts).isGreaterThan(ROUNDS / 10);
    }

    @Test
    void twoRequestsInARowAreOne() {
        ExportLogsServiceRequest one = logs("one", 2);
        ExportLogsServiceRequest two = logs("two", 3);
        byte[] joined = one.toByteString().concat(two.toByteString()).toByteArray();

        List<Row> both = new ArrayList<>(expectedOf(one));
        both.addAll(expectedOf(two));
        assertThat(read(Encoding.OTLP_LOGS, joined)).isEqualTo(both);
    }

    @Test
    void inNdjsonALogRecordIsOneFlatObject() {
        LogRecord log =
                LogRecord.newBuilder()
                        .setTimeUnixNano(1_700_000_000_000_000_001L)
                        .setObservedTimeUnixNano(1_700_000_000_000_000_002L)
                        .setSeverityNumberValue(9)
                        .setSeverityText("INFO")
                        .setBody(AnyValue.newBuilder().setStringValue("hello"))
                        .setTraceId(
                                com.google.protobuf.ByteString.fromHex(
                                        "0af7651916cd43dd8448eb211c80319c"))
                        .addAttributes(pair("http.status", AnyValue.newBuilder().setIntValue(200)))
                        .addAttributes(
                                pair(
                                        "tags",
                                        AnyValue.newBuilder()
                                                .setArrayValue(
                                                        ArrayValue.newBuilder()
                                                                .addValues(
                                                                        AnyValue.newBuilder()
                                                                                .setStringValue(
                                                                                        "a"))
                                                                .addValues(
                                                                        AnyValue.newBuilder()
                                                                                .setBoolValue(
                                                                                        true)))))
                        .build();
        byte[] bytes = request("web", log).toByteArray();
        WriteBuffer out = new WriteBuffer(0);
        reader.wrap(Encoding.OTLP_LOGS, bytes, 0, bytes.length, 0).read(new NdjsonWriter(out));

        assertThat(out)
                .hasToString(
                        "{\"time\":\"2023-11-14T22:13:20.000000001Z\","
                                + "\"resource.attributes.service.name\":\"web\","
                                + "\"severity_number\":9,\"severity_text\":\"INFO\","
                                + "\"body\":\"hello\",\"attributes.http.status\":200,"
                                + "\"attributes.tags\":[\"a\",true],"
                                + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\","
                                + "\"observed_time_unix_nano\":1700000000000000002}\n");
    }

    @Test
    void refusesWhatItsFramingShowsToBeBroken() {
        refused(new byte[] {}, BatchFault.Kind.EMPTY, "the batch holds no record");
        refused(new byte[] {0x0a, 0}, BatchFault.Kind.EMPTY, "the batch holds no record");
        malformed(new byte[] {0x0a, 5, 1}, "byte 1: a length says 5 bytes, 1 are left");
        malformed(new byte[] {0x08, 5}, "byte 0: field resource_logs has wire type 0");
        malformed(new byte[] {0x0a, 2, 0x12, 1}, "byte 3: a length says 1 bytes, 0 are left");
        malformed(
                new byte[] {0x0a, 2, 0x12, 1, 0x0a, 0},
                "byte 2: a length says 1 bytes, 0 are left");
        malformed(
                new byte[] {0x0a, 2, 0x1a, 1, 0x0a, 0},
                "byte 4: a field goes on behind the end of its message");
        malformed(
                "{\"resourceLogs\":[]}".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "byte 1: field 15 has wire type 3");
    }

    @Test
    void refusesRecordsOverTheLimit() {
        byte[] bytes = request("web", text("x".repeat(2 << 20))).toByteArray();
        ByteChunks chunks = new ByteChunks();
        chunks.add(bytes, 0, bytes.length);

        assertThat(scan.scan(Encoding.OTLP_LOGS, chunks, 0, bytes.length)).isEqualTo(-1);
        assertThat(scan.fault()).extracting(BatchFault::kind).isEqualTo(BatchFault.Kind.TOO_LARGE);
        assertThat(String.valueOf(scan.fault())).contains("record 1 has", "the limit is 1048576");
    }

    @Test
    void refusesAFewBytesThatWouldBecomeManyWhenTheyAreSaid() {
        LogRecord[] logs = new LogRecord[20_000];
        java.util.Arrays.fill(logs, LogRecord.getDefaultInstance());
        byte[] bytes = request("x".repeat(100_000), logs).toByteArray();
        ByteChunks chunks = new ByteChunks();
        chunks.add(bytes, 0, bytes.length);

        assertThat(bytes.length).isLessThan(200_000);
        assertThat(scan.scan(Encoding.OTLP_LOGS, chunks, 0, bytes.length)).isEqualTo(-1);
        assertThat(String.valueOf(scan.fault()))
                .contains("with their resources and scopes come to");
    }

    @Test
    void aRecordThatCannotBeDecodedIsAFaultOfTheBatch() {
        byte[] bytes = request("web", text("a\u00e4")).toByteArray();
        bytes[bytes.length - 1] = 'x';

        assertThatThrownBy(() -> read(Encoding.OTLP_LOGS, bytes))
                .isInstanceOf(MalformedBatchException.class)
                .hasMessageEndingWith("a text is not UTF-8");
    }

    @Test
    void valuesThatNestTooDeepAreAFault() {
        AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
        for (int depth = 0; depth < 101; depth++) {
            value =
                    AnyValue.newBuilder()
                            .setArrayValue(ArrayValue.newBuilder().addValues(value))
                            .build();
        }
        byte[] deep = request("web", LogRecord.newBuilder().setBody(value).build()).toByteArray();
        byte[] fine =
                request(
                                "web",
                                LogRecord.newBuilder()
                                        .setBody(value.getArrayValue().getValues(0))
                                        .build())
                        .toByteArray();

        assertThat(read(Encoding.OTLP_LOGS, fine)).hasSize(1);
        assertThatThrownBy(() -> read(Encoding.OTLP_LOGS, deep))
                .hasMessageContaining("nest over 100");
    }

    @Test
    void manyNamesAreAnnouncedAnewAndTooManyInOneRecordAreAFault() {
        LogRecord[] logs = new LogRecord[30];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = attributes(i * 1000, 1000);
        }
        ExportLogsServiceRequest request = request("web", logs);

        assertThat(read(Encoding.OTLP_LOGS, request.toByteArray())).isEqualTo(expectedOf(request));
        byte[] wide = request("web", attributes(0, 5000)).toByteArray();
        assertThatThrownBy(() -> read(Encoding.OTLP_LOGS, wide))
                .hasMessageContaining("over 4096 fields");
    }

    @Test
    void garbageIsAFaultAndNothingWorse() {
        SplittableRandom random = Seed.random("OtlpFormTest.garbage");
        RandomRequests requests = new RandomRequests(random);
        int broken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Encoding encoding = requests.encoding();
            byte[] bytes = requests.next(encoding).toByteArray();
            for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int counted = scan.scan(encoding, cut(bytes, random), 0, bytes.length);
            assertThat(counted == -1).isEqualTo(scan.fault() != null);
            try {
                RowCollector rows = new RowCollector();
                reader.wrap(encoding, bytes, 0, bytes.length, ARRIVED_MS).read(rows);
                assertThat(rows.rows).hasSize(Math.max(0, counted));
                WriteBuffer half = new WriteBuffer(0);
                reader.slice(0, Math.max(1, counted / 2), half);
            } catch (MalformedBatchException expected) {
                broken++;
            }
        }
        assertThat(broken).isBetween(ROUNDS / 20, ROUNDS);
    }

    private static LogRecord attributes(int from, int count) {
        LogRecord.Builder log = LogRecord.newBuilder();
        for (int i = from; i < from + count; i++) {
            log.addAttributes(pair("a" + i, AnyValue.newBuilder().setIntValue(i)));
        }
        return log.build();
    }

    private static ExportLogsServiceRequest logs(String service, int count) {
        LogRecord[] logs = new LogRecord[count];
        for (int i = 0; i < count; i++) {
            logs[i] = text(service + i);
        }
        return request(service, logs);
    }

    private static LogRecord text(String body) {
        return LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body)).build();
    }

    private static KeyValue pair(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static ExportLogsServiceRequest request(String service, LogRecord... logs) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .addAttributes(
                                                        pair(
                                                                "service.name",
                                                                AnyValue.newBuilder()
                                                                        .setStringValue(service))))
                                .addScopeLogs(
                                        ScopeLogs.newBuilder().addAllLogRecords(List.of(logs))))
                .build();
    }

    private void malformed(byte[] bytes, String reason) {
        refused(bytes, BatchFault.Kind.MALFORMED, reason);
    }

    private void refused(byte[] bytes, BatchFault.Kind kind, String reason) {
        ByteChunks chunks = new ByteChunks();
        chunks.add(bytes, 0, bytes.length);
        assertThat(scan.scan(Encoding.OTLP_LOGS, chunks, 0, bytes.length)).isEqualTo(-1);
        assertThat(scan.fault()).extracting(BatchFault::reason).isEqualTo(reason);
        assertThat(scan.fault()).extracting(BatchFault::kind).isEqualTo(kind);
    }

    private static List<Row> expectedOf(Message request) {
        return ExpectedRows.of(request, ARRIVED_NANOS);
    }

    private List<Row> read(Encoding encoding, byte[] bytes) {
        RowCollector heard = new RowCollector();
        reader.wrap(encoding, bytes, 0, bytes.length, ARRIVED_MS).read(heard);
        return normal(heard.rows);
    }

    private static List<Row> normal(List<Row> rows) {
        List<Row> normal = new ArrayList<>();
        for (Row row : rows) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
            values.replaceAll(
                    (name, value) -> value instanceof Row.Json json ? parsed(json.text()) : value);
            normal.add(new Row(row.time(), values));
        }
        return normal;
    }

    private static @Nullable Object parsed(String json) {
        return json.matches("[0-9]+") ? new BigDecimal(json) : plain(Json.decodeValue(json));
    }

    private static @Nullable Object plain(@Nullable Object json) {
        if (json instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.fieldNames().forEach(name -> map.put(name, plain(object.getValue(name))));
            return map;
        }
        if (json instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                list.add(plain(array.getValue(i)));
            }
            return list;
        }
        return json instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros()
                : json;
    }

    private static ByteChunks cut(byte[] bytes, SplittableRandom random) {
        ByteChunks chunks = new ByteChunks();
        int at = 0;
        while (at < bytes.length) {
            int piece = Math.min(bytes.length - at, 1 + random.nextInt(50));
            chunks.add(bytes, at, piece);
            at += piece;
        }
        return chunks;
    }
}
