package io.penstock.exporter.sink.remotewrite;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.body.VisitorBody;
import io.penstock.exporter.sink.web.RequestBody;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;
import io.penstock.exporter.sink.web.WebSink;
import io.vertx.core.http.RequestOptions;

/** Makes sinks of the type {@code prometheus}. */
public final class RemoteWriteSinkFactory implements SinkFactory<RemoteWriteSinkConfig> {

    @Override
    public String type() {
        return "prometheus";
    }

    @Override
    public Class<RemoteWriteSinkConfig> configType() {
        return RemoteWriteSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(RemoteWriteSinkConfig config) {
        return new Capabilities(false, true, false);
    }

    @Override
    public Sink create(RemoteWriteSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        RequestOptions request =
                client.request("POST", config.url(), "application/x-protobuf", "snappy")
                        .putHeader("X-Prometheus-Remote-Write-Version", "0.1.0");
        VisitorBody<SeriesWriter> body =
                new VisitorBody<>(
                        buffer ->
                                new SeriesWriter(
                                        buffer, config.prefix(), config.labels(), config.fields()),
                        (writer, delivery) -> writer.begin());
        StatusRules rules = new StatusRules(StatusRules.MENDED_BY_A_PERSON, context.clock());
        return new WebSink(
                client,
                new RequestBody(body, new SnappyBlock(), RequestBody.UNLIMITED),
                new RemoteWriteDialect(client, request, rules, body.writer()));
    }
}
