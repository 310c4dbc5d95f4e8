package io.penstock.exporter.objectstore.s3;

import io.penstock.exporter.tls.ClientTls;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Makes clients. Threading: any thread. */
final class S3Clients {

    private static final int MAX_CONNECTIONS = 16;
    private static final int EVENT_LOOP_THREADS = 2;
    // Those who call try again themselves, with waits of their own.
    private static final int ATTEMPTS = 2;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    /**
     * Of all clients of the process: one that ends with its client would have each stop of a sink
     * wait two seconds for it.
     */
    private static final SdkEventLoopGroup EVENT_LOOPS =
            SdkEventLoopGroup.builder()
                    .numberOfThreads(EVENT_LOOP_THREADS)
                    .threadFactory(S3Clients::thread)
                    .build();

    private S3Clients() {}

    private static Thread thread(Runnable loop) {
        Thread thread = new Thread(loop, "penstock-s3");
        thread.setDaemon(true);
        return thread;
    }

    static S3AsyncClient client(S3Config config) {
        Duration timeout = Duration.ofMillis(config.timeoutMs());
        NettyNioAsyncHttpClient.Builder http =
                NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(EVENT_LOOPS)
                        .maxConcurrency(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT_WITHIN)
                        .readTimeout(timeout)
                        .writeTimeout(timeout);
        if (!config.caFile().isEmpty()) {
            TrustManager[] trusted = new ClientTls(config.caFile(), "", "", false).trustManagers();
            http.tlsTrustManagersProvider(() -> trusted);
        }
        S3AsyncClientBuilder builder =
                S3AsyncClient.builder()
                        .httpClientBuilder(http)
                        .region(Region.of(config.region()))
                        .forcePathStyle(config.pathStyle())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(
                                each ->
                                        each.apiCallAttemptTimeout(timeout)
                                                .retryStrategy(
                                                        retry -> retry.maxAttempts(ATTEMPTS)));
        if (!config.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create(config.endpoint()));
        }
        if (!config.accessKey().isEmpty()) {
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(config.accessKey(), config.secretKey())));
        }
        return builder.build();
    }
}
