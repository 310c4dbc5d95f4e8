package io.penstock.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void versionsCompareByEpochBeforeSequence() {
        List<Version> ordered =
                List.of(new Version(0, 0), new Version(0, 9), new Version(1, 0), new Version(1, 1));
        List<Version> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);

        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(ordered);
        assertThat(new Version(1, 0).supersedes(new Version(0, 9))).isTrue();
        assertThat(new Version(1, 0).supersedes(new Version(1, 0))).isFalse();
    }

    @Test
    void refusesNegativeVersions() {
        assertThatThrownBy(() -> new Version(-1, 0)).hasMessageContaining("negative");
        assertThatThrownBy(() -> new Version(0, -1)).hasMessageContaining("negative");
    }

    @Test
    void refusesNodeIdsThatAreNoSafeFileNames() {
        for (String bad : List.of("", ".", "..", "a/b", "a b", "ä", "x".repeat(65))) {
            assertThatThrownBy(() -> new NodeId(bad)).hasMessageContaining("node id");
        }
        assertThat(new NodeId("node-1.rack_2").value()).isEqualTo("node-1.rack_2");
    }
}
