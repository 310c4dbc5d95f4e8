package io.penstock.gateway.tls;

import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.boot.Gateway;
import io.penstock.gateway.boot.TestNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node whose data and admin ports speak TLS, and clients of it. */
public final class SecureNode implements AutoCloseable {
    private static final long WAIT_S = 60;

    private final Gateway gateway;
    private final ClientTls client;

    /**
     * Starts one.
     *
     * @param tls keys of {@code ingress.tls} and {@code admin.tls}, in flow style
     * @param client how to speak to it
     */
    public SecureNode(Path dataDirectory, String tls, ClientTls client) throws Exception {
        this(dataDirectory, tls, "", client);
    }

    /** The same, with more lines of configuration. */
    SecureNode(Path dataDirectory, String tls, String more, ClientTls client) throws Exception {
        String sections =
                """
                ingress: {port: 0, instances: 2, max_batch_bytes: 512KiB, max_inflated_bytes: 512KiB, tls: {%s}}
                """
                                .formatted(tls)
                        + more;
        this.client = client;
        this.gateway =
                TestNode.make(
                        TestNode.yaml(dataDirectory, sections)
                                .replace(
                                        "admin: {port: 0}",
                                        "admin: {port: 0, tls: {%s}}".formatted(tls)));
        gateway.start().await(WAIT_S, TimeUnit.SECONDS);
    }

    /** The node itself. */
    public Gateway gateway() {
        return gateway;
    }

    /** Its data port. */
    public int dataPort() {
        return gateway.dataPort();
    }

    /** {@code host:port} of the data port. */
    public String data() {
        return "127.0.0.1:" + gateway.dataPort();
    }

    /** {@code host:port} of the admin port. */
    public String admin() {
        return "127.0.0.1:" + gateway.adminPort();
    }

    /** A client with connections of its own. */
    public HttpClient http(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(client.context())
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** Pushes one record and tells how it was answered. */
    static HttpResponse<String> push(HttpClient client, String address)
            throws IOException, InterruptedException {
        return push(client, address, "web");
    }

    /** The same, to any repo. */
    static HttpResponse<String> push(HttpClient client, String address, String repo)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("https://" + address + "/v1/repos/" + repo + "/batches"))
                        .header("Content-Type", "application/x-ndjson")
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofString("{\"n\":1}\n"))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Pushes one record over a connection of its own, and tells the line with the status. */
    String pushOnce() throws IOException {
        try (Socket socket =
                client.context().getSocketFactory().createSocket("127.0.0.1", dataPort())) {
            socket.setSoTimeout(20_000);
            String request =
                    String.join(
                            "\r\n",
                            "POST /v1/repos/web/batches HTTP/1.1",
                            "Host: h",
                            "Connection: close",
                            "Content-Type: application/x-ndjson",
                            "Content-Length: 8",
                            "",
                            "{\"n\":1}\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII).split("\r\n", 2)[0];
        }
    }

    /** A request to the admin port. */
    String admin(String method, String path) throws IOException, InterruptedException {
        return http(HttpClient.Version.HTTP_1_1)
                .send(
                        HttpRequest.newBuilder(URI.create("https://" + admin() + path))
                                .method(method, BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        try {
            gateway.stop().await(WAIT_S, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("the node did not stop", late);
        }
    }
}
