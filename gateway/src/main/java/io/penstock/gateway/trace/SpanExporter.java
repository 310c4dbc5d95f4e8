package io.penstock.gateway.trace;

import io.penstock.exporter.trace.Span;
import io.penstock.exporter.trace.SpanSink;
import io.penstock.model.TraceParent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to a collector, a batch at a time. What it does not take is dropped.
 *
 * <p>Threading: spans come from any thread; everything else is confined to one event loop.
 */
final class SpanExporter implements SpanSink {
    /** Spans of one request; one that has so many goes at once. */
    static final int BATCH = 512;

    /** Fewer go after so long. */
    static final long LINGER_MS = 500;

    /** A request without its answer by then is given up. */
    static final long TIMEOUT_MS = 10_000;

    /** What waits at the end may take so long. */
    static final long CLOSE_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);

    /** Of a trace that is not recorded: a collector that traces what it takes leaves this out. */
    private static final String NOT_SAMPLED = new TraceParent(1, 1, 1, false, "").header();

    private final TracingConfig config;
    private final SpanMessage message;
    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final ConcurrentLinkedQueue<Span> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final LongAdder exported = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();

    // Confined to the context.
    private boolean sending;
    private boolean troubled;
    private @Nullable Promise<Void> emptied;
    private volatile long timer = -1;
    private volatile boolean closed;

    SpanExporter(Vertx vertx, TracingConfig config, String node) {
        this.vertx = vertx;
        this.config = config;
        this.message = new SpanMessage(node);
        this.context = vertx.getOrCreateContext();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) TIMEOUT_MS)
                                .setIdleTimeout((int) TIMEOUT_MS)
                                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    }

    void start() {
        timer = vertx.setPeriodic(LINGER_MS, id -> context.runOnContext(v -> send()));
    }

    @Override
    public void take(Span span) {
        if (queued.incrementAndGet() > config.maxQueued() || closed) {
            queued.decrementAndGet();
            dropped.increment();
            return;
        }
        queue.add(span);
        if (queued.get() >= BATCH && asked.compareAndSet(false, true)) {
            context.runOnContext(v -> send());
        }
    }

    private void send() {
        asked.set(false);
        if (sending) {
            return;
        }
        List<Span> batch = batch();
        if (batch.isEmpty()) {
            if (emptied != null) {
                emptied.tryComplete();
            }
            return;
        }
        sending = true;
        post(Buffer.buffer(message.of(batch)))
                .onComplete(
                        (status, cause) ->
                                context.runOnContext(v -> sent(batch.size(), status, cause)));
    }

    private List<Span> batch() {
        List<Span> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            Span span = queue.poll();
            if (span == null) {
                break;
            }
            queued.decrementAndGet();
            batch.add(span);
        }
        return batch;
    }

    private Future<Integer> post(Buffer body) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(config.endpoint())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-protobuf")
                        .putHeader(HttpHeaders.USER_AGENT, "penstock")
                        .putHeader(TraceParent.HEADER, NOT_SAMPLED);
        config.headers().forEach((name, value) -> options.getHeaders().set(name, value));
        return client.request(options).compose(request -> exchange(request, body));
    }

    private static Future<Integer> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(answer -> answer.body().map(answer.statusCode()))
                .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset());
    }

    private void sent(int spans, @Nullable Integer status, @Nullable Throwable cause) {
        sending = false;
        boolean well = status != null && status / 100 == 2;
        (well ? exported : failed).add(spans);
        if (!well && !troubled) {
            LOG.warn(
                    "spans are dropped: {} {}",
                    config.endpoint(),
                    status == null ? "cannot be reached: " + cause : "answers " + status);
        } else if (well && troubled) {
            LOG.info("spans go to {} again", config.endpoint());
        }
        troubled = !well;
        if (queued.get() >= BATCH || emptied != null) {
            send();
        }
    }

    long exported() {
        return exported.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    long failed() {
        return failed.sum();
    }

    Future<Void> close() {
        if (closed) {
            return Future.succeededFuture();
        }
        closed = true;
        vertx.cancelTimer(timer);
        Promise<Void> end = Promise.promise();
        context.runOnContext(
                v -> {
                    emptied = end;
                    send();
                });
        return end.future()
                .timeout(CLOSE_MS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .eventually(client::close);
    }
}
