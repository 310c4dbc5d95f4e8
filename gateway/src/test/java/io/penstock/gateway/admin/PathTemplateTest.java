package io.penstock.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    private final PathTemplate template = new PathTemplate("/v1/exports/{repo}/{export}/pause");

    @Test
    void readsWhatStandsInThePlacesOfTheNames() {
        assertThat(template.match("/v1/exports/web/a+b%2Fc%20d/pause"))
                .isEqualTo(Map.of("repo", "web", "export", "a+b/c d"));
    }

    @Test
    void isNoOtherPath() {
        assertThat(template.match("/v1/exports/web/pause")).isNull();
        assertThat(template.match("/v1/exports//x/pause")).isNull();
        assertThat(template.match("/v1/exports/web/x/resume")).isNull();
        assertThat(template.match("/v1/exports/web/x/pause/")).isNull();
        assertThat(template.match("")).isNull();
    }

    @Test
    void refusesWhatIsNotEncoded() {
        assertThatThrownBy(() -> template.match("/v1/exports/%zz/x/pause"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
