package io.penstock.exporter.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryTableTest {

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("snapshot", SnapshotTable.TABLE, 5 * 2 * 2 * 2),
                Arguments.of("file", FileTable.TABLE, 5 * 2 * 3),
                Arguments.of("entry", EntryTable.TABLE, 3 * 2 * 2 * 2),
                Arguments.of("cursor", CursorTable.TABLE, 4 * 3),
                Arguments.of("take", TakeTable.TABLE, 4 * 3),
                Arguments.of("progress", ProgressTable.TABLE, 3 * 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void exactlyOneRowMatchesEachCombination(String name, DecisionTable<?> table, int size) {
        List<Enum<?>[]> product = product(table.facts());
        assertThat(product).hasSize(size);
        Set<String> used = new TreeSet<>();
        for (Enum<?>[] facts : product) {
            List<String> rows = table.labels(facts);
            assertThat(rows).as(Arrays.toString(facts)).hasSize(1);
            used.addAll(rows);
        }
        assertThat(used).containsExactlyElementsOf(table.labels());
    }

    @Test
    void noticesACombinationWithoutARowAndARowWithTheWrongShape() {
        DecisionTable<CursorTable.Decision> table =
                new DecisionTable<CursorTable.Decision>(CursorTable.Place.class)
                        .row(
                                "A",
                                CursorTable.Decision.KEEP,
                                DecisionTable.in(CursorTable.Place.INSIDE));
        assertThat(table.decide(CursorTable.Place.INSIDE)).isEqualTo(CursorTable.Decision.KEEP);
        assertThatIllegalStateException()
                .isThrownBy(() -> table.decide(CursorTable.Place.BEYOND))
                .withMessageContaining("BEYOND");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("B", CursorTable.Decision.KEEP));
    }

    private static List<Enum<?>[]> product(List<Class<? extends Enum<?>>> facts) {
        List<Enum<?>[]> product = new ArrayList<>();
        product.add(new Enum<?>[0]);
        for (Class<? extends Enum<?>> fact : facts) {
            List<Enum<?>[]> longer = new ArrayList<>();
            for (Enum<?>[] prefix : product) {
                for (Enum<?> value : fact.getEnumConstants()) {
                    Enum<?>[] next = Arrays.copyOf(prefix, prefix.length + 1);
                    next[prefix.length] = value;
                    longer.add(next);
                }
            }
            product = longer;
        }
        return product;
    }
}
