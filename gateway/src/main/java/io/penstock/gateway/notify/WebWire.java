package io.penstock.gateway.notify;

import io.penstock.exporter.tls.ClientTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests to a URL, one at a time as far as connections go. What is answered is not read beyond
 * its status; a redirect is a refusal, since it could lead anywhere.
 */
final class WebWire implements Wire {
    private static final int IDLE_TIMEOUT_S = 30;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_WAITING = BoundedChannel.MAX_UNDERWAY;

    private final HttpClientAgent client;
    private final String url;
    private final Map<String, String> headers;
    private final Function<Notice, Body> form;
    private final long timeoutMs;

    /**
     * What a request carries.
     *
     * @param bytes JSON
     * @param headers beside the usual ones
     */
    record Body(Buffer bytes, Map<String, String> headers) {}

    /** What a wire needs to know; {@code toString} is never asked for, since it has secrets. */
    record Target(String url, Map<String, String> headers, String caFile, long timeoutMs) {}

    /** A wire; reads the file of certificates, which blocks. */
    WebWire(Vertx vertx, Target target, Function<Notice, Body> form) {
        this.url = target.url();
        this.headers = Map.copyOf(target.headers());
        this.timeoutMs = target.timeoutMs();
        this.form = form;
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout((int) target.timeoutMs())
                        .setKeepAliveTimeout(IDLE_TIMEOUT_S)
                        .setIdleTimeout(IDLE_TIMEOUT_S);
        if (target.url().startsWith("https:")) {
            new ClientTls(target.caFile(), "", "", false).apply(options);
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(MAX_WAITING);
        this.client = vertx.httpClientBuilder().with(options).with(pool).build();
    }

    @Override
    public Future<Void> post(Notice notice) {
        Body body = form.apply(notice);
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url)
                        .setFollowRedirects(false)
                        .setTimeout(timeoutMs);
        return client.request(request)
                .compose(opened -> send(opened, body))
                .compose(WebWire::judge);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Body body) {
        Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
        all.putAll(body.headers());
        all.putAll(headers);
        all.forEach(request::putHeader);
        return request.send(body.bytes());
    }

    private static Future<Void> judge(HttpClientResponse response) {
        response.resume();
        int status = response.statusCode();
        if (status / 100 == 2) {
            return Future.succeededFuture();
        }
        boolean mayPass = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return Future.failedFuture(new LostNoticeException("status " + status, !mayPass));
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
