package io.penstock.exporter.sink.http;

import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sinks of the type {@code http}. */
public final class HttpSinkFactory implements SinkFactory<HttpSinkConfig> {

    /** Requests that wait for a connection: as many as an export has open takes. */
    private static final int MAX_WAITING = 64;

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Class<HttpSinkConfig> configType() {
        return HttpSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(HttpSinkConfig config) {
        return new Capabilities(config.idempotent(), false, false);
    }

    @Override
    public Sink create(HttpSinkConfig config, SinkContext context) {
        PoolOptions pool =
                new PoolOptions()
                        .setHttp1MaxSize(config.maxConnections())
                        .setHttp2MaxSize(1)
                        .setMaxWaitQueueSize(MAX_WAITING);
        var client = context.vertx().createHttpClient(options(config), pool);
        return new HttpSink(config, context, client, request(config));
    }

    private static HttpClientOptions options(HttpSinkConfig config) {
        boolean tls = config.url().startsWith("https:");
        boolean http2 =
                config.http2() == Http2Mode.PRIOR_KNOWLEDGE
                        || (tls && config.http2() == Http2Mode.AUTO);
        HttpClientOptions options =
                new HttpClientOptions()
                        .setSsl(tls)
                        .setUseAlpn(tls && http2)
                        .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout((int) config.timeoutMs())
                        .setTrustAll(config.trustAll())
                        .setVerifyHost(!config.trustAll());
        if (!config.caFile().isEmpty()) {
            if (!Files.isReadable(Path.of(config.caFile()))) {
                throw new IllegalArgumentException("ca_file: cannot be read: " + config.caFile());
            }
            options.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile()));
        }
        return options;
    }

    private static RequestOptions request(HttpSinkConfig config) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(config.method()))
                        .setAbsoluteURI(config.url())
                        .putHeader(HttpHeaders.CONTENT_TYPE, config.format().contentType())
                        .putHeader(HttpHeaders.USER_AGENT, "penstock");
        if (!config.compression().contentEncoding().isEmpty()) {
            request.putHeader(HttpHeaders.CONTENT_ENCODING, config.compression().contentEncoding());
        }
        config.headers().forEach((name, value) -> request.getHeaders().set(name, value));
        return request;
    }
}
