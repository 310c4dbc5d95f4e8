package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.s3.S3Server;
import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real S3 server. */
class S3SinkContractTest extends SinkContractTest<ObjectSinkConfig> {

    @TempDir static Path servers;
    private static S3Server server;

    private String bucket = "";

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(servers);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeBucket() throws IOException {
        bucket = "bucket-" + UUID.randomUUID();
        server.bucket(bucket);
    }

    @Override
    protected SinkFactory<ObjectSinkConfig> factory() {
        return new ObjectSinkFactory();
    }

    @Override
    protected ObjectSinkConfig config() {
        return Configs.to("s3://" + bucket)
                .targetBytes(20_000)
                .maxSealedWindows(64)
                .s3(server.config())
                .build();
    }

    @Override
    protected List<JsonObject> arrived() {
        try (DuckReader duck = new DuckReader()) {
            return Objects.rows(duck, server.bucket(bucket), ObjectFormat.PARQUET).stream()
                    .map(JsonObject::new)
                    .toList();
        } catch (SQLException | IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
