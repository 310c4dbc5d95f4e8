package io.penstock.exporter.sink.opensearch;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OpensearchSinkContractTest extends SinkContractTest<OpensearchSinkConfig> {

    private BulkServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new BulkServer();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Override
    protected SinkFactory<OpensearchSinkConfig> factory() {
        return new OpensearchSinkFactory();
    }

    @Override
    protected OpensearchSinkConfig config() {
        return OpensearchSinkConfig.of(server.url());
    }

    @Override
    protected boolean answer(Supplier<Reply> replies) {
        server.replies(replies);
        return true;
    }

    @Override
    protected List<JsonObject> arrived() {
        return List.copyOf(server.documents().values());
    }
}
