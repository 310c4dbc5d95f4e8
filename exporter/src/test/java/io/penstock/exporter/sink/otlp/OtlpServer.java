package io.penstock.exporter.sink.otlp;

import io.penstock.exporter.sink.contract.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * Takes OTLP over gRPC and HTTP on one port and keeps the messages that it accepts.
 *
 * <p>Threading: any thread; requests are handled on its own event loop.
 */
final class OtlpServer implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final long SLOW_MS = 1000;
    private static final int PREFIX_BYTES = 5;

    /** A request as it came, unpacked. */
    record Received(String path, String token, Buffer message) {}

    /**
     * An answer.
     *
     * @param status of gRPC, or of HTTP
     * @param retryDelay seconds of the RetryInfo or the Retry-After; empty for none
     * @param body the response message
     */
    record Answer(int status, String retryDelay, Buffer body) {
        Answer(int status, String retryDelay) {
            this(status, retryDelay, Buffer.buffer());
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Received> accepted = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;
    private volatile Function<Received, Answer> answers = received -> new Answer(0, "");

    OtlpServer() throws TimeoutException {
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> request.body().onSuccess(body -> reply(request, body)))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Received> accepted() {
        return accepted;
    }

    void replies(Supplier<Reply> next) {
        replies = next;
    }

    /** Tells it how to answer each request from now on; 0 and 200 are to take it. */
    void answers(Function<Received, Answer> next) {
        answers = next;
    }

    private void reply(HttpServerRequest http, Buffer body) {
        boolean grpc = "application/grpc".equals(http.getHeader("content-type"));
        Received received =
                new Received(
                        http.path(),
                        String.valueOf(http.getHeader("token")),
                        Buffer.buffer(message(http, body.getBytes(), grpc)));
        switch (replies.get()) {
            case ACCEPT -> answer(http, grpc, received, answers.apply(received));
            case PUT_OFF -> answer(http, grpc, received, new Answer(grpc ? 14 : 503, ""));
            case REFUSE -> answer(http, grpc, received, new Answer(grpc ? 3 : 400, ""));
            case SLOW ->
                    vertx.setTimer(
                            SLOW_MS,
                            fired -> answer(http, grpc, received, answers.apply(received)));
        }
    }

    private static byte[] message(HttpServerRequest http, byte[] body, boolean grpc) {
        String coding = http.getHeader(grpc ? "grpc-encoding" : "content-encoding");
        Buffer bytes = Buffer.buffer(body);
        int from = grpc ? PREFIX_BYTES : 0;
        if (grpc && bytes.getInt(1) != body.length - PREFIX_BYTES) {
            throw new IllegalStateException("not one message");
        }
        boolean packed = grpc ? body[0] == 1 : coding != null;
        if (!packed) {
            return bytes.getBytes(from, body.length);
        }
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(body, from, body.length - from))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void answer(HttpServerRequest http, boolean grpc, Received received, Answer answer) {
        HttpServerResponse response = http.response();
        boolean taken = answer.status() == 0 || answer.status() == 200;
        if (taken) {
            accepted.add(received);
        }
        if (!grpc) {
            response.setStatusCode(taken ? 200 : answer.status());
            if (!answer.retryDelay().isEmpty()) {
                response.putHeader("retry-after", answer.retryDelay());
            }
            response.putHeader("content-type", "application/x-protobuf");
            response.end(answer.body());
            return;
        }
        response.putHeader("content-type", "application/grpc");
        if (!taken) {
            response.putHeader("grpc-status", Integer.toString(answer.status()));
            response.putHeader("grpc-message", "not%20now");
            if (!answer.retryDelay().isEmpty()) {
                response.putHeader("grpc-status-details-bin", retryInfo(answer.retryDelay()));
            }
            response.end();
            return;
        }
        response.putTrailer("grpc-status", "0");
        response.end(
                Buffer.buffer()
                        .appendByte((byte) 0)
                        .appendInt(answer.body().length())
                        .appendBuffer(answer.body()));
    }

    /** A google.rpc.Status with one RetryInfo of so many seconds, below 128. */
    private static String retryInfo(String seconds) {
        byte[] type =
                "type.googleapis.com/google.rpc.RetryInfo".getBytes(StandardCharsets.US_ASCII);
        Buffer info = Buffer.buffer(new byte[] {0x0a, 2, 0x08, Byte.parseByte(seconds)});
        Buffer any =
                Buffer.buffer(new byte[] {0x0a, (byte) type.length})
                        .appendBytes(type)
                        .appendBytes(new byte[] {0x12, (byte) info.length()})
                        .appendBuffer(info);
        Buffer status =
                Buffer.buffer(new byte[] {0x08, 8, 0x1a, (byte) any.length()}).appendBuffer(any);
        return Base64.getEncoder().withoutPadding().encodeToString(status.getBytes());
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
