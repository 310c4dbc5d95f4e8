package io.penstock.exporter.sink.grpc;

import io.penstock.exporter.push.PushMessage;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.web.StatusRules;
import io.penstock.exporter.sink.web.WebClient;
import io.penstock.model.RepoName;
import io.vertx.core.http.RequestOptions;

/** Makes sinks of the type {@code grpc}. */
public final class GrpcSinkFactory implements SinkFactory<GrpcSinkConfig> {

    @Override
    public String type() {
        return "grpc";
    }

    @Override
    public Class<GrpcSinkConfig> configType() {
        return GrpcSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(GrpcSinkConfig config) {
        return new Capabilities(true, false, false);
    }

    @Override
    public Sink create(GrpcSinkConfig config, SinkContext context) {
        WebClient client = new WebClient(config.target(), context);
        RequestOptions request =
                client.request(
                                "POST",
                                config.target().resource(PushMessage.PUSH_PATH),
                                "application/grpc",
                                "")
                        .putHeader("te", "trailers")
                        .putHeader("grpc-timeout", config.timeoutMs() + "m");
        if (!config.key().isEmpty()) {
            request.putHeader("authorization", "Bearer " + config.key());
        }
        RepoName repo = config.repo().isEmpty() ? context.repo() : new RepoName(config.repo());
        StatusRules rules = new StatusRules(StatusRules.MENDED_BY_A_PERSON, context.clock());
        return new GrpcSink(
                new PushPieces(repo, config.ack()), new GrpcPush(client, request, rules));
    }
}
