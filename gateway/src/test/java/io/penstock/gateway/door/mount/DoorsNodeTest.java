package io.penstock.gateway.door.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doors in a whole node: their ports, their switches, and what a file sink writes of it. */
class DoorsNodeTest {
    @TempDir Path directory;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> post(int port, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private List<String> written() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("out"))) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith("{"))
                        .forEach(lines::add);
            }
            return lines;
        }
    }

    @Test
    void whatComesThroughADoorIsWrittenByASink() throws Exception {
        String sections =
                """
                doors:
                  elasticsearch: {listen: true, port: 0, repos: {'web-*': web}}
                  influxdb: {listen: true, port: 0, repos: {db: web}}
                  loki: {enabled: false}
                exports:
                  - {repo: web, name: file, sink: {type: file, directory: '%s'}}
                """
                        .formatted(directory.resolve("out"));
        try (TestNode node = TestNode.start(directory.resolve("data"), sections)) {
            List<Integer> ports = node.gateway().doorPorts();
            assertThat(ports).hasSize(2).doesNotContain(0);
            assertThat(post(ports.get(0), "/web-1/_bulk", "{\"index\":{}}\n{\"a\":1}\n").body())
                    .contains("\"errors\":false");
            assertThat(post(ports.get(1), "/write?db=db", "m v=2i 3").statusCode()).isEqualTo(204);
            int data = node.gateway().dataPort();
            assertThat(
                            post(data, "/write?db=db", "m v=4i 3", "penstock-ack", "synced")
                                    .statusCode())
                    .isEqualTo(204);
            assertThat(post(data, "/loki/api/v1/push", "{}").statusCode()).isEqualTo(404);
            TestNode.until(() -> written().size() == 3);
            assertThat(written())
                    .anyMatch(line -> line.contains("\"a\":1"))
                    .anyMatch(line -> line.contains("\"v\":2"))
                    .anyMatch(line -> line.contains("\"v\":4"));
        }
    }
}
