package io.penstock.cluster.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewestTest {

    private final Newest newest = new Newest();

    @Test
    void olderNeverReplacesNewer() {
        AssignmentTable later = Tables.of(2, 1);

        assertThat(newest.get()).isSameAs(AssignmentTable.NONE);
        assertThat(newest.offer(later)).isTrue();
        assertThat(newest.offer(Tables.of(1, 900))).isFalse();
        assertThat(newest.offer(Tables.of(2, 1))).isFalse();
        assertThat(newest.get()).isSameAs(later);
    }

    @Test
    void theNewestOfManyThreadsStays() {
        IntStream.range(0, 1_000).parallel().forEach(i -> newest.offer(Tables.of(1, 1 + i)));

        assertThat(newest.get()).isEqualTo(Tables.of(1, 1_000));
    }
}
