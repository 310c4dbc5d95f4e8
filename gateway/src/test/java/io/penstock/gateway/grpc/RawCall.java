package io.penstock.gateway.grpc;

import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.proto.ingest.v1.PushResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gRPC call made of bytes, right or wrong. */
final class RawCall {
    private RawCall() {}

    /** What came back. */
    record Answer(int http, MultiMap headers, MultiMap trailers, Buffer body) {
        /** The gRPC status, wherever it stands; -1 for none. */
        int status() {
            String status = value("grpc-status");
            return status == null ? -1 : Integer.parseInt(status);
        }

        String message() {
            String message = value("grpc-message");
            return message == null ? "" : message;
        }

        @Nullable String value(String name) {
            String trailer = trailers.get(name);
            return trailer == null ? headers.get(name) : trailer;
        }

        /** The responses in the body. */
        List<PushResponse> responses() {
            List<PushResponse> all = new ArrayList<>();
            int at = 0;
            while (at < body.length()) {
                int length = body.getInt(at + 1);
                byte[] message = body.getBytes(at + 5, at + 5 + length);
                try {
                    all.add(PushResponse.parseFrom(message));
                } catch (com.google.protobuf.InvalidProtocolBufferException bad) {
                    throw new AssertionError(bad);
                }
                at += 5 + length;
            }
            return all;
        }
    }

    /** An open request with the headers of gRPC. */
    static HttpClientRequest open(HttpClient client, String path, String... headers) {
        HttpClientRequest request = DataPort.await(client.request(HttpMethod.POST, path));
        request.setChunked(true)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers");
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    /** Sends a whole body and waits for the whole answer. */
    static Answer send(HttpClient client, String path, byte[] body, String... headers) {
        HttpClientRequest request = open(client, path, headers);
        Future<Answer> answer = answer(request);
        request.end(Buffer.buffer(body));
        return DataPort.await(answer);
    }

    /** Sends the messages of a stream in one go. */
    static Answer send(HttpClient client, String path, List<byte[]> messages) {
        return send(client, path, Batches.joined(messages.toArray(new byte[0][])));
    }

    /** The whole answer to a request. */
    static Future<Answer> answer(HttpClientRequest request) {
        return request.response()
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                body ->
                                                        new Answer(
                                                                response.statusCode(),
                                                                response.headers(),
                                                                trailers(response),
                                                                body)));
    }

    private static MultiMap trailers(HttpClientResponse response) {
        return response.trailers();
    }
}
