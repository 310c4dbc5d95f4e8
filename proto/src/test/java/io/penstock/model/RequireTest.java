package io.penstock.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RequireTest {

    @Test
    void bothBoundsAreAllowed() {
        assertThatCode(() -> Require.within("port", 1, 1, 9)).doesNotThrowAnyException();
        assertThatCode(() -> Require.within("port", 9, 1, 9)).doesNotThrowAnyException();
        assertThatCode(() -> Require.between("port", 1, 1, 9)).doesNotThrowAnyException();
        assertThatCode(() -> Require.between("port", 9, 1, 9)).doesNotThrowAnyException();
    }

    @Test
    void whatIsBeyondIsNamedWithItsKeyAndItsBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.within("port", 0, 1, 9))
                .withMessage("port: 0 is outside 1 to 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.between("port", 10, 1, 9))
                .withMessage("port: must be 1 to 9, is 10");
    }

    @Test
    void noUpperBoundIsNotNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.between("bytes", 0, 1, Long.MAX_VALUE))
                .withMessage("bytes: must be at least 1, is 0");
    }

    @Test
    void whatDoesNotHoldIsSaidAsGiven() {
        assertThatCode(() -> Require.that(true, "a: b")).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.that(false, "a: b"))
                .withMessage("a: b");
    }
}
