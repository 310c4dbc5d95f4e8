package io.penstock.exporter.sink.blackhole;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.util.List;

class BlackholeSinkContractTest extends SinkContractTest<BlackholeSinkConfig> {

    @Override
    protected SinkFactory<BlackholeSinkConfig> factory() {
        return new BlackholeSinkFactory();
    }

    @Override
    protected BlackholeSinkConfig config() {
        return new BlackholeSinkConfig(true);
    }

    @Override
    protected boolean targetTells() {
        return false;
    }

    @Override
    protected List<JsonObject> arrived() {
        return List.of();
    }
}
