package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract over both protocols. */
class OtlpSinkContractTest {

    abstract static class Contract extends SinkContractTest<OtlpSinkConfig> {
        private final OtlpProtocol protocol;
        private final Compression compression;
        private OtlpServer server;

        Contract(OtlpProtocol protocol, Compression compression) {
            this.protocol = protocol;
            this.compression = compression;
        }

        @BeforeEach
        void startServer() throws Exception {
            server = new OtlpServer();
        }

        @AfterEach
        void stopServer() throws Exception {
            server.close();
        }

        @Override
        protected SinkFactory<OtlpSinkConfig> factory() {
            return new OtlpSinkFactory();
        }

        @Override
        protected OtlpSinkConfig config() {
            return new OtlpSinkConfig(
                    server.url(),
                    protocol,
                    Map.of(),
                    compression,
                    PartialSuccess.DEAD_LETTER,
                    4 << 20,
                    20_000,
                    32,
                    "",
                    "",
                    "",
                    false);
        }

        @Override
        protected TestDelivery delivery(long number, List<String> texts) {
            return OtlpDeliveries.of(number, texts);
        }

        @Override
        protected TestDelivery lines(long number, int count) {
            return OtlpDeliveries.of(number, Collections.nCopies(count, ""));
        }

        @Override
        protected boolean answer(Supplier<Reply> replies) {
            server.replies(replies);
            return true;
        }

        @Override
        protected List<JsonObject> arrived() {
            return server.accepted().stream()
                    .flatMap(each -> OtlpDeliveries.records(each.message().getBytes()).stream())
                    .toList();
        }
    }

    @Nested
    class GrpcGzip extends Contract {
        GrpcGzip() {
            super(OtlpProtocol.GRPC, Compression.GZIP);
        }
    }

    @Nested
    class HttpPlain extends Contract {
        HttpPlain() {
            super(OtlpProtocol.HTTP, Compression.NONE);
        }
    }
}
