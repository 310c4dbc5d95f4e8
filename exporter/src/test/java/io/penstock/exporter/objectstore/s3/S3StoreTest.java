package io.penstock.exporter.objectstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.objectstore.ObjectStore.Published;
import io.penstock.exporter.storage.DiskStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3StoreTest {

    private static final String KEY = "a/repo/dt=2023-11-14/hour=22/export-1.parquet";
    private static final int LARGE = (int) (2 * S3Config.MIN_PART_BYTES + 12_345);

    @TempDir static Path servers;
    private static S3Server server;

    @TempDir Path scratch;
    private String bucket;
    private S3Store store;
    private S3AsyncClient client;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(servers);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        bucket = "bucket-" + UUID.randomUUID();
        server.bucket(bucket);
        store = store(server.config());
        client = S3Clients.client(server.config());
    }

    private S3Store store(S3Config config) {
        return new S3Store(config, bucket, new DiskStorage(), scratch);
    }

    @AfterEach
    void close() {
        store.close();
        client.close();
    }

    private byte[] content(int length, long seed) throws IOException {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        Files.write(store.scratch(KEY), bytes);
        return bytes;
    }

    private Path object() throws IOException {
        return server.bucket(bucket).resolve(KEY);
    }

    @Test
    void publishesSmallAndLargeFilesOnce() throws Exception {
        for (int length : new int[] {100, LARGE}) {
            byte[] bytes = content(length, 1);
            assertThat(store.publish(KEY)).isEqualTo(Published.NEW);
            assertThat(object()).hasBinaryContent(bytes);
            assertThat(store.scratch(KEY)).doesNotExist();
            content(length, 2);
            assertThat(store.publish(KEY)).isEqualTo(Published.WAS_THERE);
            assertThat(object()).hasBinaryContent(bytes);
            Files.delete(object());
        }
    }

    @Test
    void theLastRequestIsTheConditionSinceTheFirstLookMayBeTooEarly() throws Exception {
        client.putObject(
                        request -> request.bucket(bucket).key(KEY),
                        AsyncRequestBody.fromString("first"))
                .join();
        assertThatThrownBy(
                        () ->
                                client.putObject(
                                                request ->
                                                        request.bucket(bucket)
                                                                .key(KEY)
                                                                .ifNoneMatch("*"),
                                                AsyncRequestBody.fromString("second"))
                                        .join())
                .hasMessageContaining("412");
        assertThat(object()).hasContent("first");
    }

    @Test
    void abortsWhatADeadProcessLeftOpenForTheKey() throws Exception {
        String upload =
                client.createMultipartUpload(request -> request.bucket(bucket).key(KEY))
                        .join()
                        .uploadId();
        client.uploadPart(
                        request -> request.bucket(bucket).key(KEY).uploadId(upload).partNumber(1),
                        AsyncRequestBody.fromBytes(new byte[100]))
                .join();
        assertThat(uploads()).isEqualTo(1);
        byte[] bytes = content(LARGE, 3);
        assertThat(store.publish(KEY)).isEqualTo(Published.NEW);
        assertThat(object()).hasBinaryContent(bytes);
        assertThat(uploads()).isZero();
    }

    private int uploads() {
        return client.listMultipartUploads(request -> request.bucket(bucket))
                .join()
                .uploads()
                .size();
    }

    @Test
    void saysWhatIsWrongAndWorksOnceItIsMended() throws Exception {
        bucket = "missing-" + UUID.randomUUID();
        byte[] bytes;
        try (S3Store missing = store(server.config())) {
            bytes = content(100, 4);
            assertThatThrownBy(() -> missing.publish(KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the bucket is missing, see target");
            assertThat(missing.scratch(KEY)).exists();
            server.bucket(bucket);
            assertThat(missing.publish(KEY)).isEqualTo(Published.NEW);
        }
        assertThat(object()).hasBinaryContent(bytes);
        Files.delete(object());
        content(100, 5);
        try (S3Store foreign = store(server.config("wrong"))) {
            assertThatThrownBy(() -> foreign.publish(KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("s3://" + bucket, "access denied, see s3.access_key");
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        S3Config good = server.config();
        S3Config nobody =
                new S3Config(
                        "http://127.0.0.1:1",
                        good.region(),
                        true,
                        good.accessKey(),
                        good.secretKey(),
                        good.partBytes(),
                        good.timeoutMs(),
                        "");
        content(10, 6);
        try (S3Store unreachable = store(nobody)) {
            assertThatThrownBy(() -> unreachable.publish(KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer from the store");
        }
    }

    @Test
    void marksOnce() throws Exception {
        store.mark("hour=22/_SUCCESS");
        store.mark("hour=22/_SUCCESS");
        assertThat(server.bucket(bucket).resolve("hour=22/_SUCCESS")).isEmptyFile();
    }
}
