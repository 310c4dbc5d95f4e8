package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.StageState.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageStateTest {

    /** Every legal move; what is not here must be refused. */
    private static final Map<StageState, Map<Event, StageState>> MOVES =
            Map.of(
                    StageState.OPENING,
                    Map.of(
                            Event.OPENED, StageState.ACTIVE,
                            Event.DRAIN, StageState.DRAINING,
                            Event.BREAK, StageState.FAILED),
                    StageState.ACTIVE,
                    Map.of(Event.DRAIN, StageState.DRAINING, Event.BREAK, StageState.FAILED),
                    StageState.DRAINING,
                    Map.of(
                            Event.DRAIN, StageState.DRAINING,
                            Event.SHUT, StageState.CLOSED,
                            Event.BREAK, StageState.FAILED),
                    StageState.FAILED,
                    Map.of(
                            Event.DRAIN, StageState.FAILED,
                            Event.BREAK, StageState.FAILED,
                            Event.SHUT, StageState.CLOSED),
                    StageState.CLOSED,
                    Map.of());

    @Test
    void everyStateAnswersEveryEventAsTheTableSays() {
        assertThat(MOVES).containsOnlyKeys(StageState.values());
        for (StageState state : StageState.values()) {
            for (Event event : Event.values()) {
                assertThat(state.after(event))
                        .as("%s on %s", state, event)
                        .isEqualTo(
                                Optional.ofNullable(
                                        MOVES.getOrDefault(state, Map.of()).get(event)));
            }
        }
    }

    @Test
    void codesAreDistinct() {
        assertThat(Arrays.stream(StageState.values()).map(StageState::code))
                .doesNotHaveDuplicates();
    }
}
