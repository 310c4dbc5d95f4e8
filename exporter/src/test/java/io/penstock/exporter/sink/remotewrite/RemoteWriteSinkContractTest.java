package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.penstock.exporter.sink.web.ScriptedServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RemoteWriteSinkContractTest extends SinkContractTest<RemoteWriteSinkConfig> {

    private final List<Buffer> accepted = new CopyOnWriteArrayList<>();
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;
    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer();
        server.handle(request -> request.body().onSuccess(body -> reply(request, body)));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    private void reply(HttpServerRequest request, Buffer body) {
        switch (replies.get()) {
            case PUT_OFF -> request.response().setStatusCode(500).end("later");
            case REFUSE -> request.response().setStatusCode(400).end("out of order sample");
            case ACCEPT, SLOW -> {
                accepted.add(body);
                request.response().setStatusCode(204).end();
            }
        }
    }

    @Override
    protected SinkFactory<RemoteWriteSinkConfig> factory() {
        return new RemoteWriteSinkFactory();
    }

    @Override
    protected RemoteWriteSinkConfig config() {
        String url = "http://127.0.0.1:" + server.port() + "/api/v1/write";
        return RemoteWriteSinkConfig.of(url, List.of("marker", "text"));
    }

    @Override
    protected boolean answer(Supplier<Reply> next) {
        replies = next;
        return true;
    }

    @Override
    protected List<JsonObject> arrived() {
        List<JsonObject> records = new ArrayList<>();
        for (Buffer body : accepted) {
            byte[] request = WriteRequests.unpack(body.getBytes());
            for (WriteRequests.Sample sample : WriteRequests.samples(request)) {
                // a label that is not there is the same as an empty one
                JsonObject record = new JsonObject().put("text", "");
                sample.labels().forEach(record::put);
                records.add(record.put("count", sample.value()));
            }
        }
        return records;
    }
}
