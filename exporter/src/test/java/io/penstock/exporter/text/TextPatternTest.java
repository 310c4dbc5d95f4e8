package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class TextPatternTest {

    private static final List<String> PATTERNS =
            List.of("a", ".", "[^a]+", "(?i)Ä", "\\d+", "b?", "(a|b)+c?", "$", "😀", "\\b\\w+");

    @Test
    void findsWhatThePlatformFindsInAString() {
        SplittableRandom random = Seed.random("TextPatternTest");
        for (int i = 0; i < 4000; i++) {
            String text = RandomText.next(random, 30) + "ab1ä😀".substring(random.nextInt(4));
            String regex = PATTERNS.get(random.nextInt(PATTERNS.size()));
            List<String> expected = new ArrayList<>();
            Matcher matcher = Pattern.compile(regex).matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
            List<String> found = new ArrayList<>();
            TextPattern pattern = new TextPattern(regex);
            boolean more = pattern.find(bytes, 1, bytes.length - 2);
            while (more) {
                found.add(
                        new String(
                                bytes,
                                pattern.start(),
                                pattern.end() - pattern.start(),
                                StandardCharsets.UTF_8));
                more = pattern.findNext();
            }
            assertThat(found).as("%s in %s", regex, text).isEqualTo(expected);
        }
    }

    @Test
    void namesOfGroupsMayHoldUnderscores() {
        String regex =
                "(?<user_id>\\d+)(?<rest>[]_(?<x>]*)\\((?<=\\()(?<b>b)?\\Q(?<q>\\E\\k<user_id>";
        TextPattern pattern = new TextPattern(regex);
        byte[] text = "é17](?<(b(?<q>17".getBytes(StandardCharsets.UTF_8);

        assertThat(pattern.names()).containsExactly("user_id", "rest", "b");
        assertThat(pattern.find(text, 0, text.length)).isTrue();
        assertThat(
                        new String(
                                text,
                                pattern.start(0),
                                pattern.end(0) - pattern.start(0),
                                StandardCharsets.UTF_8))
                .isEqualTo("17");
        assertThat(pattern.start(2)).isGreaterThan(pattern.end(1));
        assertThat(pattern.find("17(?<q>17".getBytes(StandardCharsets.UTF_8), 0, 9)).isFalse();
    }

    @Test
    void aGroupThatTookNoPartHasNoStart() {
        TextPattern pattern = new TextPattern("(?<a>a)|(?<b>b)");
        assertThat(pattern.find(new byte[] {'b'}, 0, 1)).isTrue();
        assertThat(pattern.start(0)).isEqualTo(-1);
        assertThat(pattern.start(1)).isZero();
    }

    @Test
    void refusesNamesThatWouldBeAlikeAndWhatIsNoExpression() {
        assertThatThrownBy(() -> new TextPattern("(?<a_b>x)(?<aUb>y)"))
                .isInstanceOf(PatternSyntaxException.class);
        assertThatThrownBy(() -> new TextPattern("ab(c"))
                .isInstanceOfSatisfying(
                        PatternSyntaxException.class, e -> assertThat(e.getIndex()).isEqualTo(4));
    }

    @Test
    void givesUpInsteadOfBacktrackingForEverOrLosingItsStack() {
        TextPattern endless = new TextPattern("^(a|aa)+\\1?b$");
        byte[] text = "a".repeat(60).getBytes(StandardCharsets.UTF_8);
        assertThat(endless.find(text, 0, text.length)).isFalse();
        assertThat(endless.wasGivenUp()).isTrue();
        assertThat(endless.find(new byte[] {'a', 'b'}, 0, 2)).isTrue();
        assertThat(endless.wasGivenUp()).isFalse();
        TextPattern deep = new TextPattern("^(a|b)*c$");
        byte[] large = "ab".repeat(400_000).getBytes(StandardCharsets.UTF_8);
        assertThat(deep.find(large, 0, large.length)).isFalse();
        assertThat(deep.wasGivenUp()).isTrue();
    }
}
