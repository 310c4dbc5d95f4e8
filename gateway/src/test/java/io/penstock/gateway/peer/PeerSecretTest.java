package io.penstock.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes take deliveries of those that know the secret. */
class PeerSecretTest {
    @TempDir private Path directory;

    private Outcome delivered(String shown, String wanted) throws Exception {
        try (TwoNodes nodes =
                new TwoNodes(directory, new PeerSecret(shown), new PeerSecret(wanted))) {
            return TwoNodes.await(nodes.deliver(TestDelivery.of(1, 20).lend()));
        }
    }

    @Test
    void aNodeThatShowsTheSecretIsServedAndAnyOtherIsNot() throws Exception {
        assertThat(delivered("s3cret", "s3cret")).isEqualTo(Outcome.DELIVERED);
        assertThat(delivered("s3cret", "")).isEqualTo(Outcome.DELIVERED);
        assertThat(delivered("", "s3cret")).isInstanceOf(Outcome.Retry.class);
        assertThat(delivered("s3creT", "s3cret")).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(new PeerSecret("s3cret")).hasToString("********");
    }
}
