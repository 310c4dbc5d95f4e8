package io.penstock.exporter.sink.opensearch;

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

/** Makes sinks of the type {@code opensearch}. */
public final class OpensearchSinkFactory implements SinkFactory<OpensearchSinkConfig> {

    @Override
    public String type() {
        return "opensearch";
    }

    @Override
    public Class<OpensearchSinkConfig> configType() {
        return OpensearchSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(OpensearchSinkConfig config) {
        return new Capabilities(true, false, false);
    }

    @Override
    public Sink create(OpensearchSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        RequestOptions request =
                client.request(
                        "POST",
                        config.bulkUrl(),
                        "application/x-ndjson",
                        config.compression().contentEncoding());
        IndexName index = new IndexName(config.index());
        VisitorBody<BulkWriter> bulk =
                new VisitorBody<>(
                        buffer -> new BulkWriter(buffer, index, config.timeMember()),
                        (writer, delivery) -> writer.begin(delivery));
        RequestBody body = new RequestBody(bulk, config.compression(), config.maxBodyBytes());
        StatusRules rules = new StatusRules(StatusRules.MENDED_BY_A_PERSON, context.clock());
        return new WebSink(client, body, new BulkDialect(client, request, rules));
    }
}
