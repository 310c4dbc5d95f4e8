package io.penstock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RepoNameTest {

    @Test
    void namesTheFaultAndWhereItStands() {
        Map<String, String> faults =
                Map.of(
                        "",
                        "empty",
                        "..",
                        "starts with '.'",
                        ".hidden",
                        "starts with '.'",
                        "a/b",
                        "U+002F at 1",
                        "a\\b",
                        "U+005C at 1",
                        "a\u0000b",
                        "U+0000 at 1",
                        "ab\n",
                        "U+000A at 2",
                        "Access",
                        "U+0041 at 0",
                        "x".repeat(129),
                        "129 characters, the limit is 128");
        faults.forEach(
                (name, fault) ->
                        assertThatThrownBy(() -> new RepoName(name))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(fault));
    }

    @Test
    void takesEveryAllowedCharacterUpToTheLimit() {
        assertThat(new RepoName("a-z_0.9").value()).isEqualTo("a-z_0.9");
        assertThat(new RepoName("x".repeat(128)).value()).hasSize(128);
    }

    @Test
    void aFaultNeverRepeatsControlCharacters() {
        assertThat(RepoName.fault("a\u001b[31mred")).doesNotContain("\u001b");
    }
}
