package io.penstock.exporter.sink.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.objectstore.s3.BreakingProxy;
import io.penstock.exporter.objectstore.s3.S3Server;
import io.penstock.exporter.objectstore.s3.S3Store;
import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.storage.DiskStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in parts that break, between the sink and a real S3 server. */
class S3UploadFaultTest {

    /** Tries of the client before the store hears of it. */
    private static final int CLIENT_TRIES = 2;

    private static final int TEXT_BYTES = 500_000;
    private static final int RECORDS = 24;

    @TempDir static Path servers;
    private static S3Server server;

    @TempDir Path root;
    private ObjectRig rig;
    private Path bucket = Path.of("");

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
        rig = new ObjectRig(root);
        rig.config.targetBytes(1);
        Files.createDirectories(rig.state);
    }

    private void through(BreakingProxy proxy) throws Exception {
        String name = "bucket-" + UUID.randomUUID();
        bucket = server.bucket(name);
        rig.objects = new S3Store(server.through(proxy), name, new DiskStorage(), rig.state);
    }

    /** 12 MB: three parts. */
    private static TestDelivery large(long number) {
        List<String> texts =
                IntStream.range(0, RECORDS)
                        .mapToObj(i -> String.valueOf((char) ('a' + i)).repeat(TEXT_BYTES))
                        .toList();
        return TestDelivery.of(number, texts);
    }

    private List<String> markers() throws Exception {
        try (DuckReader duck = new DuckReader()) {
            return Objects.markers(duck, bucket, ObjectFormat.NDJSON);
        }
    }

    @Test
    void aPartThatFailsIsTriedAgainAndTheObjectIsThereOnce() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy(server.port(), "partNumber=2", CLIENT_TRIES)) {
            through(proxy);
            ObjectSink sink = rig.open();
            TestDelivery delivery = large(1);
            assertThat(rig.deliver(sink, delivery)).isEqualTo(Outcome.DELIVERED);
            assertThat(proxy.broken()).as("both tries of the client").isEqualTo(CLIENT_TRIES);
            assertThat(Objects.files(bucket)).as("nothing half").isEmpty();
            assertThat(rig.deliver(sink, delivery)).isEqualTo(Outcome.DELIVERED);
            rig.pass(2_000);
            rig.close(sink);
            assertThat(Objects.files(bucket)).hasSize(1);
            assertThat(markers()).containsExactlyElementsOf(delivery.markers());
        }
    }

    @Test
    void oneThatFailsOnceIsNoMatterForTheSink() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy(server.port(), "partNumber=3", 1)) {
            through(proxy);
            ObjectSink sink = rig.open();
            TestDelivery delivery = large(1);
            rig.deliver(sink, delivery);
            assertThat(proxy.broken()).isEqualTo(1);
            assertThat(markers()).containsExactlyElementsOf(delivery.markers());
            rig.close(sink);
        }
    }

    @Test
    void anUploadCutOffInItsLastRequestIsThereOnceInTheEnd() throws Exception {
        // The request that makes the object visible, in the middle of its body.
        try (BreakingProxy proxy =
                new BreakingProxy(server.port(), "</CompleteMultipartUpload>", CLIENT_TRIES)) {
            through(proxy);
            ObjectSink sink = rig.open();
            TestDelivery delivery = large(1);
            rig.deliver(sink, delivery);
            assertThat(proxy.broken()).isEqualTo(CLIENT_TRIES);
            rig.pass(2_000);
            rig.close(sink);
            assertThat(Objects.files(bucket)).hasSize(1);
            assertThat(markers()).containsExactlyElementsOf(delivery.markers());
        }
    }
}
