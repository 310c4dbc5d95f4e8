package io.penstock.exporter.sink.influxdb;

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

/** Makes sinks of the type {@code influxdb}. */
public final class InfluxdbSinkFactory implements SinkFactory<InfluxdbSinkConfig> {

    private static final String CONTENT_TYPE = "text/plain; charset=utf-8";

    @Override
    public String type() {
        return "influxdb";
    }

    @Override
    public Class<InfluxdbSinkConfig> configType() {
        return InfluxdbSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(InfluxdbSinkConfig config) {
        return new Capabilities(true, false, false);
    }

    @Override
    public Sink create(InfluxdbSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        RequestOptions request =
                client.request(
                        "POST",
                        config.writeUrl(),
                        CONTENT_TYPE,
                        config.compression().contentEncoding());
        LineMapping mapping = LineMapping.of(config);
        VisitorBody<LineWriter> lines =
                new VisitorBody<>(
                        buffer -> new LineWriter(buffer, mapping),
                        (writer, delivery) -> writer.begin());
        RequestBody body = new RequestBody(lines, config.compression(), config.maxBodyBytes());
        StatusRules rules = new StatusRules(StatusRules.MENDED_BY_A_PERSON, context.clock());
        return new WebSink(
                client, body, new InfluxdbDialect(client, request, rules, lines.writer(), mapping));
    }
}
