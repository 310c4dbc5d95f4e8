package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;

/** Makes sinks of the type {@code otlp}. */
public final class OtlpSinkFactory implements SinkFactory<OtlpSinkConfig> {

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public Class<OtlpSinkConfig> configType() {
        return OtlpSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(OtlpSinkConfig config) {
        return new Capabilities(false, false, false);
    }

    @Override
    public Sink create(OtlpSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        StatusRules rules = new StatusRules(StatusRules.MENDED_BY_A_PERSON, context.clock());
        OtlpCall call = new OtlpCall(client, config, new OtlpAnswers(config, rules));
        return new OtlpSink(client, new OtlpRequests(config), call);
    }
}
