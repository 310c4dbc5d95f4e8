package io.penstock.gateway.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * An HTTP target that honours the delivery id: a key it has seen is answered and not counted again.
 * It also holds every later body of a key against the first one.
 */
final class CountingReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, String> bodyByKey = new ConcurrentHashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final LongPredicate refuses;

    /**
     * Starts on a free port.
     *
     * @param refuses which requests, counted from 0, are answered 503
     */
    CountingReceiver(LongPredicate refuses) throws IOException {
        this.refuses = refuses;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
    }

    /** Lines of all deliveries, each key once. */
    Stream<String> lines() {
        return bodyByKey.values().stream().flatMap(String::lines);
    }

    /** Keys that came with two different bodies. */
    List<String> contradictions() {
        synchronized (contradictions) {
            return List.copyOf(contradictions);
        }
    }

    /** Deliveries that came more than once are in this count each time. */
    long requests() {
        return requests.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (refuses.test(requests.getAndIncrement())) {
            exchange.sendResponseHeaders(503, -1);
        } else {
            String first = bodyByKey.putIfAbsent(key == null ? "no key" : key, body);
            if (first != null && !first.equals(body)) {
                synchronized (contradictions) {
                    contradictions.add(
                            key + ": " + first.length() + " and " + body.length() + " bytes");
                }
            }
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
