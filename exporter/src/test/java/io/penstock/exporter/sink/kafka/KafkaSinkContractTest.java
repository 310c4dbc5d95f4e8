package io.penstock.exporter.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.exporter.kafka.KafkaBroker;
import io.penstock.exporter.kafka.Topics;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The sink keeps the contract, with a real broker behind it. */
class KafkaSinkContractTest {

    abstract static class Contract extends SinkContractTest<KafkaSinkConfig> {
        private final KafkaFormat format;
        private final boolean exactlyOnce;
        private KafkaBroker broker;
        private String topic = "";

        Contract(KafkaFormat format, boolean exactlyOnce) {
            this.format = format;
            this.exactlyOnce = exactlyOnce;
        }

        @BeforeEach
        void makeTopic() throws Exception {
            broker = Topics.sharedBroker();
            topic = Topics.create(broker, 2);
        }

        @Override
        protected SinkFactory<KafkaSinkConfig> factory() {
            return new KafkaSinkFactory();
        }

        @Override
        protected KafkaSinkConfig config() {
            return Configs.of(broker, topic, format, exactlyOnce);
        }

        @Override
        protected List<JsonObject> arrived() {
            return Topics.committed(broker, topic).stream().flatMap(this::records).toList();
        }

        private Stream<JsonObject> records(ConsumerRecord<byte[], byte[]> message) {
            Header header = message.headers().lastHeader("penstock-encoding");
            Encoding encoding =
                    switch (format) {
                        case JSON, FIELD -> Encoding.NDJSON;
                        case PROTOBUF -> Encoding.NATIVE;
                        case RAW ->
                                Encoding.valueOf(
                                        new String(header.value(), UTF_8).toUpperCase(Locale.ROOT));
                    };
            WriteBuffer lines = new WriteBuffer(1024);
            byte[] value = message.value();
            try {
                new RecordReader()
                        .wrap(encoding, value, 0, value.length, 0)
                        .read(new NdjsonWriter(lines));
            } catch (io.penstock.exporter.record.MalformedBatchException garbage) {
                return Stream.of();
            }
            return lines.toString().lines().map(JsonObject::new);
        }
    }

    @Nested
    class Json extends Contract {
        Json() {
            super(KafkaFormat.JSON, false);
        }
    }

    @Nested
    class JsonExactlyOnce extends Contract {
        JsonExactlyOnce() {
            super(KafkaFormat.JSON, true);
        }
    }

    @Nested
    class RawExactlyOnce extends Contract {
        RawExactlyOnce() {
            super(KafkaFormat.RAW, true);
        }
    }

    @Nested
    class Protobuf extends Contract {
        Protobuf() {
            super(KafkaFormat.PROTOBUF, false);
        }
    }
}
