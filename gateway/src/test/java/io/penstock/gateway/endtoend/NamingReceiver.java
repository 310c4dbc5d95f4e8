package io.penstock.gateway.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target of several nodes, which say who they are in a header. Keeps every delivery that it was
 * ever asked to take: by whom, when, under which id, and which numbers were in it.
 */
final class NamingReceiver implements AutoCloseable {
    static final String NODE = "X-Node";
    private static final Pattern NUMBER = Pattern.compile("\"n\":([0-9]+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Set<Integer>> byId = new HashMap<>();
    private final Map<Integer, String> idOf = new HashMap<>();
    private final Set<String> faults = new HashSet<>();
    private final AtomicInteger repeats = new AtomicInteger();

    /** One request. */
    record Request(String node, String id, long atNs) {}

    NamingReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = text(exchange, "Idempotency-Key");
        requests.add(new Request(text(exchange, NODE), id, System.nanoTime()));
        Set<Integer> numbers = new HashSet<>();
        Matcher matcher = NUMBER.matcher(body);
        while (matcher.find()) {
            numbers.add(Integer.valueOf(matcher.group(1)));
        }
        take(id, numbers);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static String text(HttpExchange exchange, String header) {
        return Objects.toString(exchange.getRequestHeaders().getFirst(header), "none");
    }

    private synchronized void take(String id, Set<Integer> numbers) {
        Set<Integer> before = byId.putIfAbsent(id, numbers);
        if (before != null) {
            repeats.incrementAndGet();
            if (!before.equals(numbers)) {
                faults.add(id + " came with two contents");
            }
            return;
        }
        for (int number : numbers) {
            String other = idOf.putIfAbsent(number, id);
            if (other != null) {
                faults.add(number + " came as " + other + " and as " + id);
            }
        }
    }

    /** Numbers that came. */
    synchronized Set<Integer> numbers() {
        return new HashSet<>(idOf.keySet());
    }

    /** Numbers under two ids, and ids with two contents. */
    synchronized Set<String> faults() {
        return Set.copyOf(faults);
    }

    /** Requests under an id that had come before. */
    int repeats() {
        return repeats.get();
    }

    /** Everything that was asked, in about the order of arrival. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Who asked since a moment. */
    Set<String> nodesSince(long sinceNs) {
        Set<String> nodes = new HashSet<>();
        for (Request request : requests) {
            if (request.atNs() - sinceNs >= 0) {
                nodes.add(request.node());
            }
        }
        return nodes;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
