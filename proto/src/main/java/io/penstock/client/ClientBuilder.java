package io.penstock.client;

import io.penstock.model.AckLevel;
import io.penstock.model.Require;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a client, each with a default that serves. Threading: confined to one thread.
 *
 * <p>Each setter answers with the builder; a value outside its range is an {@link
 * IllegalArgumentException}.
 */
public final class ClientBuilder {
    /** Under way at once for a repo, at the most: far below the window of a server. */
    public static final int MAX_UNDER_WAY = 64;

    /** Records in a batch, at the most; see {@code RecordBatch.records}. */
    public static final int MAX_BATCH_RECORDS = 1_000_000;

    private static final int MAX_BATCH_BYTES = 64 << 20;
    private static final int DEFAULT_PORT = 4400;
    private static final int MAX_ENDPOINTS = 64;

    private final List<URI> endpoints = new ArrayList<>();
    private AckLevel ack = AckLevel.STAGED;
    private int batchRecords = 5_000;
    private int batchBytes = 256 << 10;
    private long lingerMs = 100;
    private int underWay = 8;
    private long maxBytes = 32L << 20;
    private boolean gzip;
    private long deadlineMs = 60_000;
    private long attemptMs = 30_000;
    private long closeMs = 30_000;
    private boolean followOwners = true;
    private @Nullable ProducerFile producerFile;
    private @Nullable Supplier<String> token;
    private @Nullable SSLContext tls;

    ClientBuilder() {}

    /**
     * Adds a server: {@code host}, {@code host:port}, or with {@code http://} or {@code https://}
     * before it. The first one is pushed to; the others, in turn, when one does not answer.
     */
    public ClientBuilder endpoint(String address) {
        if (endpoints.size() == MAX_ENDPOINTS) {
            throw new IllegalArgumentException("over " + MAX_ENDPOINTS + " endpoints");
        }
        endpoints.add(uri(address, "http"));
        return this;
    }

    static URI uri(String address, String scheme) {
        URI uri = URI.create(address.contains("://") ? address : scheme + "://" + address);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web
                || uri.getHost() == null
                || !(uri.getPath().isEmpty() || uri.getPath().equals("/"))) {
            throw new IllegalArgumentException(address + " is no HOST:PORT");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(address + " is no HOST:PORT");
        }
        return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    }

    /** What an acknowledgement rests on; {@code STAGED} survives a kill of the server. */
    public ClientBuilder ack(AckLevel level) {
        ack = level;
        return this;
    }

    /** Records in a batch of appended records, at the most; 5,000. */
    public ClientBuilder batchRecords(int records) {
        batchRecords = (int) within("batchRecords", records, 1, MAX_BATCH_RECORDS);
        return this;
    }

    /** Bytes at which such a batch goes; 256 KiB. */
    public ClientBuilder batchBytes(int bytes) {
        batchBytes = (int) within("batchBytes", bytes, 1, MAX_BATCH_BYTES);
        return this;
    }

    /** Age at which such a batch goes; 100 ms. */
    public ClientBuilder linger(Duration age) {
        lingerMs = within("linger", age.toMillis(), 0, 3_600_000);
        return this;
    }

    /** Batches under way at once for a repo, and so connections to its server; 8. */
    public ClientBuilder underWay(int batches) {
        underWay = (int) within("underWay", batches, 1, MAX_UNDER_WAY);
        return this;
    }

    /** Bytes that may be held, over all repos; 32 MiB. See {@link PenstockClient#ready}. */
    public ClientBuilder maxBytes(long bytes) {
        maxBytes = within("maxBytes", bytes, 1, 1L << 40);
        return this;
    }

    /** Compresses batches, on the thread that hands them in; off. */
    public ClientBuilder gzip(boolean compress) {
        gzip = compress;
        return this;
    }

    /** How long a batch is tried, from when it is accepted; 60 s. 0 is one attempt. */
    public ClientBuilder deadline(Duration time) {
        deadlineMs = within("deadline", time.toMillis(), 0, Long.MAX_VALUE / 4_000_000);
        return this;
    }

    /** How long one attempt may take, with {@code DELIVERED} also the exports' time; 30 s. */
    public ClientBuilder attempt(Duration time) {
        attemptMs = within("attempt", time.toMillis(), 1, 3_600_000);
        return this;
    }

    /** How long {@code close} waits for what is under way; 30 s. */
    public ClientBuilder close(Duration time) {
        closeMs = within("close", time.toMillis(), 0, 3_600_000);
        return this;
    }

    /** Whether batches go where answers say a repo's owner is; on. */
    public ClientBuilder followOwners(boolean follow) {
        followOwners = follow;
        return this;
    }

    /**
     * Goes on with a producer that is kept in a file. The client then serves one repo at its first
     * endpoint, which alone knows the sequences: it follows no owner and leaves for nobody. The
     * file is closed by who opened it, after the client.
     */
    public ClientBuilder producer(@Nullable ProducerFile file) {
        producerFile = file;
        return this;
    }

    /** Sends {@code Authorization: Bearer} with what this says at each attempt. */
    public ClientBuilder token(Supplier<String> bearer) {
        token = bearer;
        return this;
    }

    /** For {@code https://}: whom to trust, and what certificate to show. */
    public ClientBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** The client. Connects with the first batch. */
    public PenstockClient build() {
        return build(new HttpTransport(tls, token));
    }

    PenstockClient build(Transport transport) {
        if (endpoints.isEmpty()) {
            endpoint("127.0.0.1");
        }
        ClientSettings settings =
                new ClientSettings(
                        List.copyOf(endpoints),
                        ack,
                        batchRecords,
                        batchBytes,
                        lingerMs,
                        underWay,
                        maxBytes,
                        gzip,
                        deadlineMs,
                        attemptMs,
                        closeMs,
                        followOwners && producerFile == null,
                        producerFile == null ? null : producerFile.producer());
        return new PenstockClient(
                settings,
                transport,
                new BackOff(() -> ThreadLocalRandom.current().nextDouble()),
                System::nanoTime);
    }

    private static long within(String name, long value, long least, long most) {
        Require.within(name, value, least, most);
        return value;
    }
}
