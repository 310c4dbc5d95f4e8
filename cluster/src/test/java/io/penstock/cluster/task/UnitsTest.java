package io.penstock.cluster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UnitsTest {

    @Test
    void aUnitIsACoreAGibibyteOrTenMegabytesPerSecond() {
        Units units = Units.of(2, 3L << 30, 40e6, 5e6);

        assertThat(units).isEqualTo(new Units(2, 3, 4, 0.5));
        for (Resource resource : Resource.values()) {
            assertThat(units.get(resource)).isPositive();
        }
    }

    @Test
    void sumsAndMaximaGoResourceByResource() {
        Units one = new Units(1, 2, 3, 4);
        Units other = new Units(4, 3, 2, 1);

        assertThat(one.plus(other)).isEqualTo(new Units(5, 5, 5, 5));
        assertThat(one.max(other)).isEqualTo(new Units(4, 3, 3, 4));
        assertThat(one.times(2)).isEqualTo(new Units(2, 4, 6, 8));
    }

    @Test
    void refusesWhatIsNoAmount() {
        for (double bad : new double[] {-1, Double.NaN, 2e6, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Units(0, 0, bad, 0)).hasMessageContaining("network");
        }
    }
}
