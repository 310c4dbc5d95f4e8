package io.penstock.exporter.transform;

import io.penstock.exporter.text.TextPattern;
import java.util.regex.PatternSyntaxException;

/** Checks of regular expressions in a configuration. Threading: any thread. */
final class Patterns {
    private Patterns() {}

    /** Refuses what is none, with the column at which it shows. */
    static TextPattern check(String key, String regex) {
        try {
            return new TextPattern(regex);
        } catch (PatternSyntaxException wrong) {
            String place =
                    wrong.getIndex() < 0 ? "" : "line 1, column " + (wrong.getIndex() + 1) + ": ";
            throw new IllegalArgumentException(key + ": " + place + wrong.getDescription(), wrong);
        }
    }
}
