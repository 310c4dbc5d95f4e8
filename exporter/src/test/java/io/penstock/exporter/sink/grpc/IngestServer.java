package io.penstock.exporter.sink.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.exporter.sink.contract.Reply;
import io.penstock.proto.ingest.v1.PushRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers Push as the service's comment says, and keeps what it accepted, each producer and
 * sequence once.
 *
 * <p>Threading: any thread; requests are handled on its own event loop.
 */
final class IngestServer implements AutoCloseable {

    static final Answer OK = new Answer(0, -1);
    private static final Answer MALFORMED = new Answer(3, -1);

    private static final int WAIT_SECONDS = 20;
    private static final long SLOW_MS = 1000;
    private static final int PREFIX_BYTES = 5;

    /** A status, and the seconds of its RetryInfo or -1. */
    record Answer(int status, int retrySeconds) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<PushRequest> accepted = new CopyOnWriteArrayList<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile Supplier<Reply> replies = () -> Reply.ACCEPT;
    private volatile Function<PushRequest, Answer> answers = request -> OK;

    IngestServer() throws TimeoutException {
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

    List<PushRequest> accepted() {
        return accepted;
    }

    void replies(Supplier<Reply> next) {
        replies = next;
    }

    /** Tells it how to answer each request from now on. */
    void answers(Function<PushRequest, Answer> next) {
        answers = next;
    }

    private void reply(HttpServerRequest http, Buffer body) {
        PushRequest request;
        try {
            request = parse(body);
        } catch (InvalidProtocolBufferException malformed) {
            answer(http, PushRequest.getDefaultInstance(), MALFORMED);
            return;
        }
        switch (replies.get()) {
            case ACCEPT -> answer(http, request, answers.apply(request));
            case PUT_OFF -> answer(http, request, new Answer(8, 0));
            case REFUSE -> answer(http, request, new Answer(3, -1));
            case SLOW ->
                    vertx.setTimer(SLOW_MS, fired -> answer(http, request, answers.apply(request)));
        }
    }

    private static PushRequest parse(Buffer body) throws InvalidProtocolBufferException {
        if (body.getByte(0) != 0 || body.getInt(1) != body.length() - PREFIX_BYTES) {
            throw new InvalidProtocolBufferException("not one plain message");
        }
        return PushRequest.parseFrom(body.getBytes(PREFIX_BYTES, body.length()));
    }

    private void answer(HttpServerRequest http, PushRequest request, Answer answer) {
        HttpServerResponse response = http.response().putHeader("content-type", "application/grpc");
        if (answer.status() != 0) {
            response.putHeader("grpc-status", Integer.toString(answer.status()));
            response.putHeader("grpc-message", "not%20now, 100%25");
            if (answer.retrySeconds() >= 0) {
                response.putHeader(
                        "grpc-status-details-bin", RetrySeconds.of(answer.retrySeconds()));
            }
            response.end();
            return;
        }
        if (seen.add(request.getProducerId() + "/" + request.getSequence())) {
            accepted.add(request);
        }
        response.putTrailer("grpc-status", "0");
        response.end(Buffer.buffer(new byte[PREFIX_BYTES]));
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
