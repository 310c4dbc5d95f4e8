package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code penstock ledger} says of a node that has stopped or was killed: every row balances.
 * Test nodes and processes ask it when they are closed, so that each test that has one does.
 */
public final class LedgerCheck {
    private LedgerCheck() {}

    /** Of a data directory in which no process runs any more. */
    public static void balances(GatewayConfig config) {
        Path root = config.node().dataDir();
        if (!Files.isDirectory(root)) {
            return;
        }
        try (StoppedNode node =
                new StoppedNode(DataDirectory.open(root, "the check of the ledger"), config)) {
            for (LedgerRow row : node.ledger()) {
                assertThat(row.residue()).as("%s", row).isZero();
            }
        } catch (Exception failure) {
            throw new AssertionError("the ledger cannot be read", failure);
        }
    }

    /** Of the node of a configuration file. */
    public static void balances(Path file) {
        try {
            ConfigLoader loader =
                    new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get);
            balances(loader.load(file));
        } catch (Exception failure) {
            throw new AssertionError("the ledger cannot be read", failure);
        }
    }
}
