package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.Delivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.web.TraceHeaders;
import io.penstock.exporter.sink.web.WebClient;
import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;

/** Sends one request. Threading: confined to one event loop. */
final class OtlpCall {
    private final WebClient client;
    private final OtlpSinkConfig config;
    private final OtlpAnswers answers;

    OtlpCall(WebClient client, OtlpSinkConfig config, OtlpAnswers answers) {
        this.client = client;
        this.config = config;
        this.answers = answers;
    }

    Future<Outcome> send(OtlpRequest request, Delivery delivery) {
        boolean grpc = config.protocol() == OtlpProtocol.GRPC;
        RequestOptions options = grpc ? rpc(request) : post(request);
        return client.send(
                TraceHeaders.add(options, delivery),
                request.body(),
                WebClient.SHORT_ANSWER_BYTES,
                answer -> grpc ? answers.rpc(request, answer) : answers.http(request, answer));
    }

    private RequestOptions rpc(OtlpRequest request) {
        RequestOptions options =
                client.request(
                                "POST",
                                config.target().resource(request.rpcPath()),
                                "application/grpc",
                                "")
                        .putHeader("te", "trailers")
                        .putHeader("grpc-timeout", config.timeoutMs() + "m");
        if (config.compression() != Compression.NONE) {
            options.putHeader("grpc-encoding", config.compression().contentEncoding());
        }
        return options;
    }

    private RequestOptions post(OtlpRequest request) {
        return client.request(
                "POST",
                config.target().resource(request.httpPath()),
                "application/x-protobuf",
                config.compression().contentEncoding());
    }
}
