package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.web.RequestBody;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;
import io.penstock.exporter.sink.web.WebSink;
import io.vertx.core.http.RequestOptions;

/** Makes sinks of the type {@code http}. */
public final class HttpSinkFactory implements SinkFactory<HttpSinkConfig> {

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Class<HttpSinkConfig> configType() {
        return HttpSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(HttpSinkConfig config) {
        return new Capabilities(config.idempotent(), false, false);
    }

    @Override
    public Sink create(HttpSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        RequestOptions request =
                client.request(
                        config.method(),
                        config.url(),
                        config.format().contentType(),
                        config.compression().contentEncoding());
        RequestBody body =
                new RequestBody(
                        config.format().writer(config.template()),
                        config.compression(),
                        RequestBody.UNLIMITED);
        StatusRules rules = new StatusRules(config.retryStatuses(), context.clock());
        return new WebSink(client, body, new HttpDialect(client, request, rules));
    }
}
