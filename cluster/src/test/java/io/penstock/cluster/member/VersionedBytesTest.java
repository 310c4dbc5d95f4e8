package io.penstock.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.Version;
import org.junit.jupiter.api.Test;

class VersionedBytesTest {
    @Test
    void theVersionStandsBeforeTheBytesBigEndian() {
        byte[] bytes = new VersionedBytes(new Version(0x0102, 3), new byte[] {9}).toBytes();
        assertThat(bytes).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 9);
        VersionedBytes read = VersionedBytes.of(bytes).orElseThrow();
        assertThat(read.version()).isEqualTo(new Version(0x0102, 3));
        assertThat(read.content()).containsExactly(9);
        assertThat(VersionedBytes.versionOf(bytes)).isEqualTo(new Version(0x0102, 3));
    }

    @Test
    void whatIsNoneIsOlderThanEverything() {
        assertThat(VersionedBytes.of(new byte[15])).isEmpty();
        assertThat(VersionedBytes.versionOf(new byte[15])).isEqualTo(Version.NONE);
        byte[] negative = new byte[16];
        negative[8] = (byte) 0x80;
        assertThat(VersionedBytes.of(negative)).isEmpty();
        assertThat(VersionedBytes.versionOf(negative)).isEqualTo(Version.NONE);
    }
}
