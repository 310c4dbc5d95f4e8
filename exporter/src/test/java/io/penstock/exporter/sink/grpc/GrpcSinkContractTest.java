package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GrpcSinkContractTest extends SinkContractTest<GrpcSinkConfig> {

    private IngestServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new IngestServer();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected SinkFactory<GrpcSinkConfig> factory() {
        return new GrpcSinkFactory();
    }

    @Override
    protected GrpcSinkConfig config() {
        return new GrpcSinkConfig(server.url(), "", AckLevel.SYNCED, 20_000, "", "", "", false, "");
    }

    @Override
    protected boolean answer(Supplier<Reply> replies) {
        server.replies(replies);
        return true;
    }

    @Override
    protected List<JsonObject> arrived() {
        return server.accepted().stream()
                .filter(each -> each.getBatch().getFieldsCount() > 0)
                .flatMap(each -> PushedRecords.of(each).stream())
                .toList();
    }
}
