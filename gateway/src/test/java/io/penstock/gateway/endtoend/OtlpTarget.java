package io.penstock.gateway.endtoend;

import com.google.protobuf.ByteString;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/** Takes OTLP over gRPC and HTTP, and keeps what it took. */
final class OtlpTarget implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final int PREFIX_BYTES = 5;

    /**
     * A request.
     *
     * @param signal logs, metrics or trace
     * @param grpc how it came
     * @param message unpacked
     */
    record Taken(String signal, boolean grpc, ByteString message) {}

    private final Vertx vertx = Vertx.vertx();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    OtlpTarget() throws Exception {
        server =
                vertx.createHttpServer()
                        .requestHandler(
                                request -> request.body().onSuccess(body -> take(request, body)))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Taken> taken() {
        return taken;
    }

    private void take(HttpServerRequest request, Buffer body) {
        boolean grpc = "application/grpc".equals(request.getHeader("content-type"));
        String path = request.path().toLowerCase(Locale.ROOT);
        String signal =
                path.contains("logs") ? "logs" : path.contains("metrics") ? "metrics" : "trace";
        int from = grpc ? PREFIX_BYTES : 0;
        boolean packed =
                grpc ? body.getByte(0) == 1 : request.getHeader("content-encoding") != null;
        byte[] message = body.getBytes(from, body.length());
        taken.add(
                new Taken(signal, grpc, ByteString.copyFrom(packed ? unpacked(message) : message)));
        if (grpc) {
            request.response().putHeader("content-type", "application/grpc");
            request.response().putTrailer("grpc-status", "0");
            request.response().end(Buffer.buffer(new byte[PREFIX_BYTES]));
        } else {
            request.response().putHeader("content-type", "application/x-protobuf").end();
        }
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
