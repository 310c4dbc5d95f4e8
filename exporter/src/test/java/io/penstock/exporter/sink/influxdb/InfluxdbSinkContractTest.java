package io.penstock.exporter.sink.influxdb;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.penstock.exporter.sink.web.ForwardingServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real InfluxDB, behind a server that answers in its stead when told to. */
class InfluxdbSinkContractTest extends SinkContractTest<InfluxdbSinkConfig> {

    @TempDir private static Path directory;
    private static InfluxdbServer influxdb;
    private static int databases;
    private ForwardingServer front;

    @BeforeAll
    static void startInfluxdb() throws Exception {
        influxdb = InfluxdbServer.start(directory);
    }

    @AfterAll
    static void stopInfluxdb() {
        if (influxdb != null) {
            influxdb.close();
        }
    }

    @BeforeEach
    void makeDatabase() throws Exception {
        influxdb.makeDatabase("contract" + ++databases);
        front = new ForwardingServer(influxdb.url());
    }

    @AfterEach
    void closeFront() throws Exception {
        front.close();
    }

    @Override
    protected SinkFactory<InfluxdbSinkConfig> factory() {
        return new InfluxdbSinkFactory();
    }

    @Override
    protected InfluxdbSinkConfig config() {
        return InfluxdbSinkConfigs.of(front.url(), "contract" + databases, List.of("marker"));
    }

    @Override
    protected boolean answer(Supplier<Reply> replies) {
        front.replies(replies);
        return true;
    }

    @Override
    protected List<JsonObject> arrived() {
        try {
            return influxdb.points("contract" + databases, "SELECT * FROM records");
        } catch (Exception unanswered) {
            throw new AssertionError(unanswered);
        }
    }
}
