package io.penstock.client;

import io.penstock.client.Answer.Trouble;
import io.penstock.model.AckLevel;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of the JDK. Plain connections speak HTTP/1.1, which costs client and server less
 * than HTTP/2 and opens a connection for each batch under way; TLS negotiates HTTP/2.
 *
 * <p>Threading: any thread; answers come on two threads of its own, which end when idle.
 */
final class HttpTransport implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int THREADS = 2;
    private static final long IDLE_THREAD_S = 5;

    private final HttpClient plain;
    private final HttpClient secure;
    private final @Nullable Supplier<String> token;

    HttpTransport(@Nullable SSLContext tls, @Nullable Supplier<String> token) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_THREAD_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Threads.named("penstock-client-http"));
        threads.allowCoreThreadTimeOut(true);
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(threads);
        this.plain = builder.version(HttpClient.Version.HTTP_1_1).build();
        builder.version(HttpClient.Version.HTTP_2);
        this.secure = (tls == null ? builder : builder.sslContext(tls)).build();
        this.token = token;
    }

    @Override
    public CompletableFuture<Answer> post(Post post, AckLevel ack) {
        HttpRequest request;
        try {
            request = request(post, ack);
        } catch (RuntimeException defect) {
            // the token's supplier, or an address that is none
            return CompletableFuture.completedFuture(
                    new Answer.Again(-1, String.valueOf(defect), Trouble.UNREACHED));
        }
        HttpClient client = "https".equals(post.endpoint().getScheme()) ? secure : plain;
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .handle(
                        (response, failure) ->
                                failure == null
                                        ? AnswerReader.read(response)
                                        : failed(failure, post.endpoint()));
    }

    private HttpRequest request(Post post, AckLevel ack) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                post.endpoint().resolve("/v1/repos/" + post.repo() + "/batches"))
                        .timeout(Duration.ofMillis(post.timeoutMs()))
                        .header("Content-Type", post.form().mediaType())
                        .header("Penstock-Ack", ack.name().toLowerCase(Locale.ROOT))
                        .header(
                                "Penstock-Producer",
                                HexFormat.of().toHexDigits(post.stamp().producerId()))
                        .header("Penstock-Sequence", Long.toString(post.stamp().sequence()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(post.body()));
        if (post.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token.get());
        }
        return request.build();
    }

    private static Answer failed(Throwable failure, URI endpoint) {
        Throwable cause = failure;
        if (failure instanceof CompletionException && failure.getCause() != null) {
            cause = failure.getCause();
        }
        boolean unreached = cause instanceof HttpConnectTimeoutException;
        for (Throwable each = cause; each != null; each = each.getCause()) {
            unreached |=
                    each instanceof ConnectException
                            || each instanceof UnresolvedAddressException
                            || each instanceof SSLException;
        }
        String said =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new Answer.Again(
                -1,
                endpoint.getAuthority() + ": " + said,
                unreached ? Trouble.UNREACHED : Trouble.BROKEN);
    }
}
