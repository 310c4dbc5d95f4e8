package io.penstock.gateway.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven over the DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final long WAIT_S = 30;
    private static final String LISTENS = "DevToolsActivePort";

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    /** Where the browser is, if it is installed. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(Path::of)
                .flatMap(d -> Stream.of(d.resolve("chromium"), d.resolve("chromium-browser")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path program, Path profile) throws Exception {
        this.profile = profile;
        process = started(program, profile);
        HttpClient client = HttpClient.newHttpClient();
        socket =
                client.newWebSocketBuilder()
                        .buildAsync(URI.create(page(client)), new Heard())
                        .get(WAIT_S, TimeUnit.SECONDS);
        for (String domain : new String[] {"Page", "Runtime", "Log", "Network"}) {
            send(domain + ".enable", new JsonObject());
        }
    }

    private static Process started(Path program, Path profile) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                .start();
    }

    /** Address of the page's own socket. */
    private String page(HttpClient client) throws Exception {
        until("the browser listens", () -> Files.exists(profile.resolve(LISTENS)));
        String port = Files.readAllLines(profile.resolve(LISTENS)).get(0);
        HttpRequest list =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json")).build();
        JsonObject[] found = new JsonObject[1];
        until(
                "there is a page",
                () -> {
                    String answer = client.send(list, BodyHandlers.ofString()).body();
                    for (Object each : new JsonArray(answer)) {
                        JsonObject target = (JsonObject) each;
                        if (target.getString("type").equals("page")) {
                            found[0] = target;
                        }
                    }
                    return found[0] != null;
                });
        return found[0].getString("webSocketDebuggerUrl");
    }

    private final class Heard implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                heard(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void heard(JsonObject message) {
        Integer id = message.getInteger("id");
        if (id != null) {
            CompletableFuture<JsonObject> waits = asked.remove(id);
            if (waits != null) {
                waits.complete(message);
            }
            return;
        }
        JsonObject params = message.getJsonObject("params");
        switch (message.getString("method")) {
            case "Runtime.exceptionThrown" ->
                    errors.add(params.getJsonObject("exceptionDetails").encode());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning").contains(params.getString("type"))) {
                    errors.add(params.encode());
                }
            }
            case "Log.entryAdded" -> {
                if (params.getJsonObject("entry").getString("level").equals("error")) {
                    errors.add(params.getJsonObject("entry").encode());
                }
            }
            default -> {
                // of no interest
            }
        }
    }

    JsonObject send(String method, JsonObject params) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        String text =
                new JsonObject().put("id", id).put("method", method).put("params", params).encode();
        socket.sendText(text, true).get(WAIT_S, TimeUnit.SECONDS);
        JsonObject heard = answer.get(WAIT_S, TimeUnit.SECONDS);
        if (heard.containsKey("error")) {
            throw new IOException(method + ": " + heard.getJsonObject("error").encode());
        }
        return heard.getJsonObject("result");
    }

    /** What went wrong in the page since the last call: exceptions, errors, broken policies. */
    List<String> errors() {
        List<String> all = List.copyOf(errors);
        errors.clear();
        return all;
    }

    /** Size of the window, and which colours are preferred. */
    void look(int width, int height, String scheme) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                new JsonObject()
                        .put(
                                "features",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("name", "prefers-color-scheme")
                                                        .put("value", scheme))));
    }

    void open(String address) throws Exception {
        send("Page.navigate", new JsonObject().put("url", address));
    }

    /** The value of an expression. */
    Object value(String script) throws Exception {
        JsonObject result =
                send(
                        "Runtime.evaluate",
                        new JsonObject()
                                .put("expression", script)
                                .put("returnByValue", true)
                                .put("awaitPromise", true));
        return result.getJsonObject("result").getValue("value");
    }

    /** Waits until an expression is true; where it never is, tells what is on the page. */
    void awaitTrue(String script) throws Exception {
        try {
            until(script, () -> Boolean.TRUE.equals(value(script)));
        } catch (AssertionError never) {
            String page = String.valueOf(value("location.hash + ' ' + document.body.innerText"));
            throw new AssertionError(page + "\n" + errors(), never);
        }
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
        while (!condition.call()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not within " + WAIT_S + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Clicks, with the mouse, in the middle of the element that a selector finds. */
    void click(String selector) throws Exception {
        awaitTrue("!!document.querySelector(" + quoted(selector) + ")");
        String box =
                "(() => {const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});"
                        + " const b = e.getBoundingClientRect();"
                        + " return [b.x + b.width / 2, b.y + b.height / 2]})()";
        JsonArray at = (JsonArray) toJson(value(box.formatted(quoted(selector))));
        for (String type : new String[] {"mousePressed", "mouseReleased"}) {
            send(
                    "Input.dispatchMouseEvent",
                    new JsonObject()
                            .put("type", type)
                            .put("x", at.getDouble(0))
                            .put("y", at.getDouble(1))
                            .put("button", "left")
                            .put("clickCount", 1));
        }
    }

    private static Object toJson(Object value) {
        return value instanceof List<?> list ? new JsonArray(list) : value;
    }

    /** Presses a key; a text is typed where it is one character. */
    void press(String key, int code) throws Exception {
        JsonObject down =
                new JsonObject()
                        .put("type", "keyDown")
                        .put("key", key)
                        .put("windowsVirtualKeyCode", code);
        if (key.length() == 1) {
            down.put("text", key);
        }
        send("Input.dispatchKeyEvent", down);
        send("Input.dispatchKeyEvent", down.copy().put("type", "keyUp"));
    }

    /** Types into whatever has the focus. */
    void type(String text) throws Exception {
        send("Input.insertText", new JsonObject().put("text", text));
    }

    /** The whole page as a picture. */
    void picture(Path file) throws Exception {
        JsonObject shot =
                send(
                        "Page.captureScreenshot",
                        new JsonObject().put("format", "png").put("captureBeyondViewport", true));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(shot.getString("data")));
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(WAIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
