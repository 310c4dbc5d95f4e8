package io.penstock.gateway.boot;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** HTTP/1.1 by hand: sends any header, Host and Origin too, which clients keep to themselves. */
public final class RawHttp {
    private RawHttp() {}

    /** What was answered. */
    public record Said(int status, String head, String body) {
        /** The body as JSON. */
        public JsonObject json() {
            return new JsonObject(body);
        }

        /** The field {@code error}. */
        public String error() {
            return json().getString("error", "");
        }
    }

    /** Asks a loopback port; headers are names and values, and may replace the usual ones. */
    public static Said ask(int port, String method, String path, String body, String... headers)
            throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1:" + port);
        all.put("Connection", "close");
        all.put("Content-Length", Integer.toString(content.length));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            String said =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = said.indexOf("\r\n\r\n");
            return new Said(
                    Integer.parseInt(said.substring(9, 12)),
                    said.substring(0, end),
                    said.substring(end + 4));
        }
    }
}
