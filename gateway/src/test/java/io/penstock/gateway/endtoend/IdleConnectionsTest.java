package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.suite.Alone;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a connection costs that has had its request and says nothing more. {@code -Dpenstock.idle=N}
 * takes another number; each needs a file descriptor here and one there.
 */
@Alone
class IdleConnectionsTest {
    private static final int IDLE = Integer.getInteger("penstock.idle", 2000);
    private static final int PER_ADDRESS = 500;
    private static final long MAX_HEAP_BYTES = 24 << 10;

    @TempDir private Path directory;

    @Test
    void cost() throws Exception {
        List<SocketChannel> idle = new ArrayList<>();
        try (GatewayProcess gateway =
                new GatewayProcess(
                        directory,
                        "repos: {exports: [{name: none, sink: {type: blackhole}}]}",
                        "-Xmx1g")) {
            Path config = directory.resolve("gateway.yaml");
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(
                                    "max_batch",
                                    "max_connections: " + (IDLE + 10) + ", max_batch"));
            gateway.start();
            openAll(gateway, idle, 200); // what the first ones load stays
            long heapBefore = heap(gateway);
            long rssBefore = rss(gateway);
            long startNs = System.nanoTime();
            openAll(gateway, idle, IDLE);
            long tookMs = (System.nanoTime() - startNs) / 1_000_000;
            long heap = (heap(gateway) - heapBefore) / (IDLE - 200);
            long rss = (rss(gateway) - rssBefore) / (IDLE - 200);
            System.out.printf(
                    "%d idle connections, opened in %d ms: heap %d, RSS %d bytes each%n",
                    IDLE, tookMs, heap, rss);
            assertThat(heap).isLessThan(MAX_HEAP_BYTES);
            assertThat(get(gateway, "/metrics"))
                    .contains("penstock_ingress_connections " + IDLE + "\n");
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    /** Every other one speaks HTTP/2. */
    private static void openAll(GatewayProcess gateway, List<SocketChannel> open, int count)
            throws Exception {
        byte[] http1 =
                "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] http2 =
                ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0")
                        .getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress target =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port());
        while (open.size() < count) {
            SocketChannel channel = SocketChannel.open();
            open.add(channel);
            channel.bind(new InetSocketAddress("127.0.1." + (1 + open.size() / PER_ADDRESS), 0));
            channel.connect(target);
            channel.write(ByteBuffer.wrap(open.size() % 2 == 0 ? http1 : http2));
            channel.read(ByteBuffer.allocate(1024));
        }
    }

    /** After a collection. */
    private static long heap(GatewayProcess gateway) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int code =
                new ProcessBuilder(jcmd, Long.toString(gateway.pid()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        assertThat(code).isZero();
        String page = get(gateway, "/metrics");
        String name = "\njvm_memory_used_bytes{area=\"heap\"} ";
        int at = page.indexOf(name) + name.length();
        return (long) Double.parseDouble(page.substring(at, page.indexOf('\n', at)));
    }

    private static long rss(GatewayProcess gateway) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }

    private static String get(GatewayProcess gateway, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:" + gateway.adminPort() + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
