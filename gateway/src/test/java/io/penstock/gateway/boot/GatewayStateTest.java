package io.penstock.gateway.boot;

import static io.penstock.gateway.boot.GatewayState.DRAINING;
import static io.penstock.gateway.boot.GatewayState.LATENT;
import static io.penstock.gateway.boot.GatewayState.RUNNING;
import static io.penstock.gateway.boot.GatewayState.STARTING;
import static io.penstock.gateway.boot.GatewayState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.GatewayState.Event;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayStateTest {
    /** Every legal move; all others are refused. */
    private static final Map<String, GatewayState> MOVES =
            Map.of(
                    "LATENT START", STARTING,
                    "LATENT STOP", STOPPED,
                    "STARTING STARTED", RUNNING,
                    "STARTING STOP", DRAINING,
                    "RUNNING STOP", DRAINING,
                    "DRAINING STOPPED", STOPPED);

    @Test
    void everyEventInEveryStateIsDecided() {
        for (GatewayState state : GatewayState.values()) {
            for (Event event : Event.values()) {
                assertThat(state.after(event))
                        .as("%s %s", state, event)
                        .isEqualTo(Optional.ofNullable(MOVES.get(state + " " + event)));
            }
        }
    }

    @Test
    void codesNeverChange() {
        assertThat(GatewayState.values())
                .extracting(GatewayState::code)
                .containsExactly(
                        LATENT.code(),
                        STARTING.code(),
                        RUNNING.code(),
                        DRAINING.code(),
                        STOPPED.code())
                .containsExactly(0, 1, 2, 3, 4);
    }
}
