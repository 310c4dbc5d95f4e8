package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.BodyReader;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.penstock.exporter.sink.web.Http2Mode;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract for each form and protocol in which requests are sent. */
class HttpSinkContractTest {

    abstract static class Contract extends SinkContractTest<HttpSinkConfig> {
        private final BodyFormat format;
        private final Compression compression;
        private final Http2Mode http2;
        private ScriptedServer server;

        Contract(BodyFormat format, Compression compression, Http2Mode http2) {
            this.format = format;
            this.compression = compression;
            this.http2 = http2;
        }

        @BeforeEach
        void startServer() throws Exception {
            server = new ScriptedServer();
        }

        @AfterEach
        void stopServer() throws Exception {
            server.close();
        }

        @Override
        protected SinkFactory<HttpSinkConfig> factory() {
            return new HttpSinkFactory();
        }

        @Override
        protected HttpSinkConfig config() {
            return new HttpSinkConfig(
                    "http://127.0.0.1:" + server.port() + "/records",
                    "POST",
                    Map.of(),
                    format,
                    "",
                    compression,
                    20_000,
                    32,
                    http2,
                    List.of(),
                    true,
                    "",
                    "",
                    "",
                    false);
        }

        @Override
        protected boolean answer(Supplier<Reply> replies) {
            server.replies(replies);
            return true;
        }

        @Override
        protected List<JsonObject> arrived() {
            return server.accepted().stream()
                    .map(each -> BodyReader.unpack(compression, each.body().getBytes()))
                    .flatMap(body -> BodyReader.records(format, body).stream())
                    .toList();
        }
    }

    @Nested
    class Ndjson extends Contract {
        Ndjson() {
            super(BodyFormat.NDJSON, Compression.NONE, Http2Mode.OFF);
        }
    }

    @Nested
    class JsonArrayGzipHttp2 extends Contract {
        JsonArrayGzipHttp2() {
            super(BodyFormat.JSON_ARRAY, Compression.GZIP, Http2Mode.PRIOR_KNOWLEDGE);
        }
    }

    @Nested
    class ProtobufZstd extends Contract {
        ProtobufZstd() {
            super(BodyFormat.PROTOBUF, Compression.ZSTD, Http2Mode.AUTO);
        }
    }
}
