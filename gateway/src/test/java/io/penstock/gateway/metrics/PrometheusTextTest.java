package io.penstock.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.catalog.IngressMetric;
import io.penstock.gateway.catalog.NodeMetric;
import io.penstock.gateway.catalog.RepoMetric;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void writesHelpTypeAndSamples() {
        PrometheusText page = new PrometheusText();
        page.family(RepoMetric.DISK).sample(RepoMetric.DISK, 1.5, "a");
        page.sample(RepoMetric.DISK, 12345678901L, "b");
        assertThat(page)
                .hasToString(
                        """
                        # HELP penstock_repo_disk_bytes Bytes of the ring's files.
                        # TYPE penstock_repo_disk_bytes gauge
                        penstock_repo_disk_bytes{repo="a"} 1.5
                        penstock_repo_disk_bytes{repo="b"} 12345678901
                        """);
    }

    @Test
    void escapesLabelValues() {
        PrometheusText page = new PrometheusText();
        page.sample(NodeMetric.JVM_BUFFERS, Double.POSITIVE_INFINITY, "a\"b\\c\nd");
        assertThat(page).hasToString("jvm_buffer_pool_used_bytes{pool=\"a\\\"b\\\\c\\nd\"} +Inf\n");
    }

    @Test
    void refusesAWrongNumberOfLabels() {
        assertThatThrownBy(() -> new PrometheusText().sample(RepoMetric.DISK, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void histogramsAreCumulativeAndInSeconds() {
        LatencyReservoir values = new LatencyReservoir();
        values.update(10_000); // exactly a bound: belongs below it
        values.update(10_001);
        values.update(2_000_000_000_000L);
        PrometheusText page = new PrometheusText();
        page.histogram(IngressMetric.ACK_SECONDS, values, "staged");
        assertThat(page.toString().lines())
                .startsWith(
                        "penstock_ack_seconds_bucket{ack=\"staged\",le=\"0.00001\"} 1",
                        "penstock_ack_seconds_bucket{ack=\"staged\",le=\"0.000025\"} 2")
                .endsWith(
                        "penstock_ack_seconds_bucket{ack=\"staged\",le=\"100\"} 2",
                        "penstock_ack_seconds_bucket{ack=\"staged\",le=\"+Inf\"} 3",
                        "penstock_ack_seconds_sum{ack=\"staged\"} 2000.000020001",
                        "penstock_ack_seconds_count{ack=\"staged\"} 3");
    }
}
