package io.penstock.exporter.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RetryHintTest {

    /** google.rpc.Status with one RetryInfo of 2.5 s, written by hand. */
    private static byte[] status() {
        byte[] type = "type.googleapis.com/google.rpc.RetryInfo".getBytes(StandardCharsets.UTF_8);
        byte[] duration = {8, 2, 16, (byte) 0x80, (byte) 0xca, (byte) 0xb5, (byte) 0xee, 1};
        byte[] retryInfo = message(1, duration);
        byte[] any = join(message(1, type), message(2, retryInfo));
        return join(new byte[] {8, 8}, message(3, any));
    }

    private static byte[] message(int field, byte[] content) {
        return join(new byte[] {(byte) (field << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static long ofDetails(String details) {
        return RetryHint.ofTrailers(
                MultiMap.caseInsensitiveMultiMap().add("grpc-status-details-bin", details));
    }

    @Test
    void readsRetryInfoWithAndWithoutPadding() {
        assertThat(ofDetails(Base64.getEncoder().encodeToString(status()))).isEqualTo(2500);
        assertThat(ofDetails(Base64.getEncoder().withoutPadding().encodeToString(status())))
                .isEqualTo(2500);
    }

    @Test
    void garbageIsNoHint() {
        assertThat(ofDetails("%%%")).isEqualTo(-1);
        assertThat(ofDetails("////")).isEqualTo(-1);
        assertThat(RetryHint.ofTrailers(null)).isEqualTo(-1);
        assertThat(RetryHint.ofTrailers(MultiMap.caseInsensitiveMultiMap())).isEqualTo(-1);
    }
}
