package io.penstock.cluster.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresConfigTest {

    @Test
    void faultsNameTheirKey() {
        assertFault("tls must be one of", "sometimes", "", "", 3_000);
        assertFault(
                "tls is disable, and ca_file or cert_file is given", "disable", "ca", "", 3_000);
        assertFault("cert_file and key_file must both be given", "require", "", "cert", 3_000);
        assertFault("tls is verify-full, and ca_file is not given", "verify-full", "", "", 3_000);
        assertFault("connect_timeout_ms must be 10 to 60000", "require", "", "", 0);
    }

    @Test
    void theTextHasNoPassword() {
        PostgresConfig config =
                new PostgresConfig("h", 1, "d", "u", "secret", "disable", "", "", "", 10, 10);

        assertThat(config.toString()).isEqualTo("postgres://u@h:1/d tls=disable");
    }

    private static void assertFault(
            String fault, String tls, String caFile, String certFile, int connectTimeoutMs) {
        assertThatThrownBy(
                        () ->
                                new PostgresConfig(
                                        "h",
                                        1,
                                        "d",
                                        "u",
                                        "p",
                                        tls,
                                        caFile,
                                        certFile,
                                        "",
                                        connectTimeoutMs,
                                        10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }
}
