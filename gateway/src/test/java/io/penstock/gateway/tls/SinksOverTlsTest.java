package io.penstock.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkDriver;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.exporter.sink.grpc.GrpcSinkConfig;
import io.penstock.exporter.sink.grpc.GrpcSinkFactory;
import io.penstock.exporter.sink.http.HttpSinkFactory;
import io.penstock.exporter.sink.influxdb.InfluxdbSinkFactory;
import io.penstock.exporter.sink.opensearch.OpensearchSinkFactory;
import io.penstock.exporter.sink.otlp.OtlpSinkFactory;
import io.penstock.exporter.sink.remotewrite.RemoteWriteSinkFactory;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks show a certificate to a server that asks for one; here a node whose data port does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SinksOverTlsTest {
    @TempDir private static Path directory;
    private final Vertx vertx = Vertx.vertx();
    private String ca;
    private TestAuthority.Issued own;
    private SecureNode node;

    @BeforeAll
    void start() throws Exception {
        TestAuthority authority = new TestAuthority("CN=authority");
        ca = authority.write(directory.resolve("ca.pem")).toString();
        own = authority.issue(directory, "sink", "CN=sink");
        node =
                new SecureNode(
                        directory.resolve("data"),
                        authority.issue(directory, "node", "CN=node").yaml()
                                + ", ca_file: '%s', client_auth: required".formatted(ca),
                        new ClientTls(
                                ca, own.certificate().toString(), own.key().toString(), false));
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private Outcome deliver(String certificate, String key) {
        GrpcSinkConfig config =
                new GrpcSinkConfig(
                        "https://" + node.data(),
                        "copy",
                        AckLevel.STAGED,
                        20_000,
                        ca,
                        certificate,
                        key,
                        false,
                        "");
        SinkContext context =
                new SinkContext(
                        vertx, new RepoName("repo"), "export", directory, Clock.systemUTC());
        try (var sink = new SinkDriver<>(new GrpcSinkFactory(), config, context)) {
            return sink.deliver(TestDelivery.of(1, 3));
        }
    }

    @Test
    void aSinkWithACertificateDelivers() {
        assertThat(deliver(own.certificate().toString(), own.key().toString()))
                .isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aSinkWithoutOneTriesAgain() {
        assertThat(deliver("", "")).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void filesThatDoNotFitAreNamedWhenTheSinkIsMade() {
        assertThatThrownBy(() -> deliver(ca, own.key().toString()))
                .hasMessageContaining("key_file: " + own.key() + ": is not the key");
        assertThatThrownBy(() -> deliver(own.certificate().toString(), ""))
                .hasMessageContaining("key_file: goes with cert_file");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                HttpSinkFactory.class,
                InfluxdbSinkFactory.class,
                OpensearchSinkFactory.class,
                RemoteWriteSinkFactory.class,
                GrpcSinkFactory.class,
                OtlpSinkFactory.class
            })
    void everySinkOverHttpHasTheSameKeys(Class<? extends SinkFactory<?>> sink) throws Exception {
        assertThat(
                        Arrays.stream(
                                        sink.getDeclaredConstructor()
                                                .newInstance()
                                                .configType()
                                                .getRecordComponents())
                                .map(RecordComponent::getName))
                .containsSubsequence("caFile", "certFile", "keyFile", "trustAll");
    }
}
