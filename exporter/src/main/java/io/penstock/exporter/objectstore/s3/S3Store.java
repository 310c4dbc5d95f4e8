package io.penstock.exporter.objectstore.s3;

import io.penstock.exporter.objectstore.ObjectStore;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of a bucket. See the package's page. Threading: any thread. */
public final class S3Store implements ObjectStore {

    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

    private static final String IF_ABSENT = "*";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final S3AsyncClient client;
    private final S3Config config;
    private final String bucket;
    private final Storage storage;
    private final Path scratchDirectory;

    /** A store that keeps scratch files in a directory, which is there. */
    public S3Store(S3Config config, String bucket, Storage storage, Path scratchDirectory) {
        this.config = config;
        this.bucket = bucket;
        this.storage = storage;
        this.scratchDirectory = scratchDirectory;
        client = S3Clients.client(config);
    }

    @Override
    public Path scratch(String key) {
        return scratchDirectory.resolve("upload-" + key.replace('/', '~'));
    }

    @Override
    public Published publish(String key) throws IOException {
        Path scratch = scratch(key);
        Published published = isThere(key) ? Published.WAS_THERE : upload(key, scratch);
        storage.delete(scratch);
        return published;
    }

    private Published upload(String key, Path scratch) throws IOException {
        long bytes = Files.size(scratch);
        try {
            if (bytes <= config.partBytes()) {
                put(key, AsyncRequestBody.fromFile(scratch));
            } else {
                uploadInParts(key, scratch, bytes);
            }
            return Published.NEW;
        } catch (S3Exception refused) {
            if (refused.statusCode() == PRECONDITION_FAILED) {
                return Published.WAS_THERE;
            }
            throw failure(key, refused);
        }
    }

    /** Whether there is an object; a store that does not tell is believed to have none. */
    private boolean isThere(String key) throws IOException {
        try {
            await(key, client.headObject(request -> request.bucket(bucket).key(key)));
            return true;
        } catch (S3Exception refused) {
            int status = refused.statusCode();
            if (status == NOT_FOUND || status == FORBIDDEN) {
                return false;
            }
            throw failure(key, refused);
        }
    }

    private void put(String key, AsyncRequestBody body) throws IOException {
        await(
                key,
                client.putObject(
                        request -> request.bucket(bucket).key(key).ifNoneMatch(IF_ABSENT), body));
    }

    private void uploadInParts(String key, Path file, long bytes) throws IOException {
        abortStale(key);
        String upload =
                await(key, client.createMultipartUpload(request -> request.bucket(bucket).key(key)))
                        .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long at = 0; at < bytes; at += config.partBytes()) {
                parts.add(part(key, upload, parts.size() + 1, body(file, at, bytes)));
            }
            await(
                    key,
                    client.completeMultipartUpload(
                            request ->
                                    request.bucket(bucket)
                                            .key(key)
                                            .uploadId(upload)
                                            .ifNoneMatch(IF_ABSENT)
                                            .multipartUpload(all -> all.parts(parts))));
            complete = true;
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    private AsyncRequestBody body(Path file, long at, long bytes) {
        long length = Math.min(config.partBytes(), bytes - at);
        return AsyncRequestBody.fromFile(
                piece -> piece.path(file).position(at).numBytesToRead(length));
    }

    private CompletedPart part(String key, String upload, int number, AsyncRequestBody body)
            throws IOException {
        String tag =
                await(
                                key,
                                client.uploadPart(
                                        request ->
                                                request.bucket(bucket)
                                                        .key(key)
                                                        .uploadId(upload)
                                                        .partNumber(number),
                                        body))
                        .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Gives up what earlier tries for a key, before a crash perhaps, left open. */
    private void abortStale(String key) throws IOException {
        List<MultipartUpload> stale;
        try {
            stale =
                    await(
                                    key,
                                    client.listMultipartUploads(
                                            request -> request.bucket(bucket).prefix(key)))
                            .uploads();
        } catch (S3Exception refused) {
            LOG.warn("uploads left open for {} cannot be listed", key, refused);
            return;
        }
        for (MultipartUpload each : stale) {
            if (key.equals(each.key())) {
                abort(key, each.uploadId());
            }
        }
    }

    private void abort(String key, String upload) {
        try {
            await(
                    key,
                    client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(key).uploadId(upload)));
        } catch (IOException | S3Exception failed) {
            // the next try for the key aborts it
            LOG.warn("upload {} of {} stays open", upload, key, failed);
        }
    }

    @Override
    public void mark(String key) throws IOException {
        try {
            put(key, AsyncRequestBody.empty());
        } catch (S3Exception refused) {
            if (refused.statusCode() != PRECONDITION_FAILED) {
                throw failure(key, refused);
            }
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws S3Exception when the store refused
     * @throws IOException when it did not answer
     */
    private <T> T await(String key, CompletableFuture<T> answer) throws IOException {
        try {
            return answer.join();
        } catch (CompletionException wrapped) {
            Throwable cause = wrapped.getCause() == null ? wrapped : wrapped.getCause();
            if (cause instanceof S3Exception refused) {
                throw refused;
            }
            throw new IOException(
                    "no answer from the store for s3://"
                            + bucket
                            + "/"
                            + key
                            + ": "
                            + cause.getMessage(),
                    cause);
        }
    }

    /** The refusal in words that name what to mend. */
    private IOException failure(String key, S3Exception refused) {
        String what =
                switch (refused.statusCode()) {
                    case FORBIDDEN -> "access denied, see s3.access_key and the bucket's policy";
                    case NOT_FOUND -> "the bucket is missing, see target";
                    case CONFLICT -> "another request for the key was under way";
                    default -> "refused";
                };
        return new IOException(
                "s3://" + bucket + "/" + key + ": " + what + ": " + refused.getMessage(), refused);
    }

    @Override
    public void close() {
        client.close();
    }
}
