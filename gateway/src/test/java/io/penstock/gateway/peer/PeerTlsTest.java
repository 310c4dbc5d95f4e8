package io.penstock.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import io.penstock.gateway.tls.ReadPort;
import io.penstock.gateway.tls.TestAuthority;
import io.penstock.gateway.tls.TlsPort;
import io.penstock.model.Tls;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes know each other by their authority. */
class PeerTlsTest {
    @TempDir private Path directory;
    private final TestAuthority ours = new TestAuthority("CN=cluster");
    private final TestAuthority theirs = new TestAuthority("CN=cluster");
    private Path trusted;

    @BeforeEach
    void makeAuthority() throws Exception {
        trusted = ours.write(directory.resolve("ca.pem"));
    }

    /** The TLS of a node; its name stands in no certificate, as addresses of nodes do not. */
    private TlsPort node(TestAuthority authority, String name, Tls.Engine engine) throws Exception {
        TestAuthority.Issued issued = authority.issue(directory, name, "CN=" + name);
        return ReadPort.of(
                new Tls(
                        issued.certificate().toString(),
                        issued.key().toString(),
                        trusted.toString(),
                        Tls.ClientAuth.REQUIRED,
                        "1.2",
                        engine,
                        10_000,
                        0));
    }

    private Outcome deliver(TlsPort ofStaging, TlsPort ofOwner) {
        try (TwoNodes nodes = new TwoNodes(directory, ofStaging, ofOwner)) {
            Outcome outcome = TwoNodes.await(nodes.deliver(TestDelivery.of(1, 1).lend()));
            boolean arrived = nodes.taken.takenDeliveries() > 0;
            assertThat(arrived).isEqualTo(outcome.equals(Outcome.DELIVERED));
            return outcome;
        }
    }

    @ParameterizedTest
    @EnumSource(Tls.Engine.class)
    void nodesOfOneAuthorityDeliverForEachOther(Tls.Engine engine) throws Exception {
        assertThat(deliver(node(ours, "a", engine), node(ours, "b", engine)))
                .isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aNodeOfAnotherAuthorityIsRefusedByBothSides() throws Exception {
        TlsPort stranger = node(theirs, "x", Tls.Engine.OPENSSL);
        TlsPort node = node(ours, "a", Tls.Engine.OPENSSL);
        assertThat(deliver(stranger, node)).isInstanceOf(Outcome.Retry.class);
        assertThat(node.handshakeFailures()).isPositive();
        assertThat(deliver(node, stranger)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void aNodeWithoutTlsAndOneWithItDoNotUnderstandEachOther() throws Exception {
        assertThat(deliver(TlsPort.off(), node(ours, "a", Tls.Engine.OPENSSL)))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(deliver(node(ours, "b", Tls.Engine.OPENSSL), TlsPort.off()))
                .isInstanceOf(Outcome.Retry.class);
    }
}
