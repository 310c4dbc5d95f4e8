package io.penstock.exporter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The named groups of a regular expression. The platform takes letters and digits only; here {@code
 * _} is allowed, too, since field names have it: it becomes a letter in {@link #regex}, which is as
 * long as the original, so that the index of a fault stays true.
 *
 * <p>Threading: confined to one thread.
 */
final class NamedGroups {

    private static final char UNDERSCORE = 'U';

    private final StringBuilder regex;
    private final List<String> names = new ArrayList<>();
    private int at;
    private int classDepth;

    NamedGroups(String original) {
        regex = new StringBuilder(original);
        while (at < regex.length()) {
            step();
        }
    }

    /** Names as they were written, in order. */
    List<String> names() {
        return names;
    }

    /** The expression in the platform's words. */
    String regex() {
        return regex.toString();
    }

    /** A name in the platform's words. */
    static String plain(String name) {
        return name.replace('_', UNDERSCORE);
    }

    private void step() {
        char each = regex.charAt(at);
        if (each == '\\') {
            escape();
        } else if (each == '[') {
            openClass();
        } else if (each == ']' && classDepth > 0) {
            classDepth--;
            at++;
        } else if (classDepth == 0 && opensName("(?<")) {
            at += 3;
            names.add(name());
        } else {
            at++;
        }
    }

    private void escape() {
        if (regex.indexOf("\\Q", at) == at) {
            int end = regex.indexOf("\\E", at);
            at = end < 0 ? regex.length() : end + 2;
        } else if (opensName("\\k<")) {
            at += 3;
            name();
        } else {
            at += 2;
        }
    }

    /** A bracket that comes first in a class stands for itself. */
    private void openClass() {
        classDepth++;
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            at++;
        }
    }

    private boolean opensName(String opening) {
        int name = at + opening.length();
        return regex.indexOf(opening, at) == at
                && name < regex.length()
                && (Character.isLetter(regex.charAt(name)) || regex.charAt(name) == '_');
    }

    private String name() {
        int end = regex.indexOf(">", at);
        int to = end < 0 ? regex.length() : end;
        String name = regex.substring(at, to);
        regex.replace(at, to, plain(name));
        at = to;
        return name;
    }
}
