package io.penstock.exporter.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of the platform, sought in UTF-8 without making a {@link String}.
 *
 * <p>The platform's matcher backtracks, which some expressions do for longer than anybody waits. A
 * text on which it takes more than {@link #MAX_STEPS} looks, or more stack than there is, does not
 * match; {@link #wasGivenUp} tells.
 *
 * <p>Threading: confined to one thread.
 */
public final class TextPattern {

    /** Looks at a character over one text; some milliseconds. */
    public static final int MAX_STEPS = 2_000_000;

    private final List<String> names;
    private final String[] plainNames;
    private final Matcher matcher;
    private final PatternText text = new PatternText(MAX_STEPS);
    private boolean givenUp;

    /**
     * Compiles an expression; names of groups may hold {@code _}.
     *
     * @throws PatternSyntaxException when it is none
     */
    public TextPattern(String regex) {
        NamedGroups groups = new NamedGroups(regex);
        names = List.copyOf(groups.names());
        plainNames = names.stream().map(NamedGroups::plain).toArray(String[]::new);
        Set<String> different = new HashSet<>(List.of(plainNames));
        if (different.size() < plainNames.length) {
            throw new PatternSyntaxException("Two groups are named alike", regex, -1);
        }
        matcher = Pattern.compile(groups.regex()).matcher("");
    }

    /** Names of the groups that have one, in order. */
    public List<String> names() {
        return names;
    }

    /** Whether the expression is found in a text, which must be well-formed UTF-8. */
    public boolean find(byte[] utf8, int offset, int length) {
        text.wrap(utf8, offset, length);
        matcher.reset(text);
        givenUp = false;
        return findNext();
    }

    /** Whether it is found once more behind the last place; the text must be as it was. */
    public boolean findNext() {
        try {
            return matcher.find();
        } catch (PatternText.Spent | StackOverflowError endless) {
            givenUp = true;
            return false;
        }
    }

    /** Index in the array of what was found. */
    public int start() {
        return text.byteIndex(matcher.start());
    }

    /** Index in the array behind what was found. */
    public int end() {
        return text.byteIndex(matcher.end());
    }

    /** Index in the array of what a named group found, or -1 when it took no part. */
    public int start(int name) {
        int start = matcher.start(plainNames[name]);
        return start < 0 ? start : text.byteIndex(start);
    }

    /** Index in the array behind what a named group found. */
    public int end(int name) {
        return text.byteIndex(matcher.end(plainNames[name]));
    }

    /** Whether the last search was given up, so that nobody knows. */
    public boolean wasGivenUp() {
        return givenUp;
    }
}
