package io.penstock.gateway.tenant;

import io.penstock.model.RepoName;

/**
 * Names of repos as a configuration writes them: a name, with {@code *} for any run of characters.
 *
 * <p>Threading: immutable.
 */
final class RepoPattern {
    private static final char ANY = '*';

    private final String text;
    private final int star;

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when no name can ever fit
     */
    RepoPattern(String text) {
        this.text = text;
        this.star = text.indexOf(ANY);
        // what stands for a run may be empty but where nothing else is left
        String sample = text.replace("*", text.startsWith("*") ? "a" : "");
        String fault = RepoName.fault(sample);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' fits no repo: " + fault);
        }
    }

    boolean fits(String name) {
        if (star < 0) {
            return text.equals(name);
        } else if (star == text.length() - 1) {
            return name.startsWith(text.substring(0, star));
        }
        return match(name);
    }

    /** With one place to come back to: only the last star may have to take more. */
    private boolean match(String name) {
        int t = 0;
        int n = 0;
        int lastStar = -1;
        int taken = 0;
        while (n < name.length()) {
            if (t < text.length() && text.charAt(t) == ANY) {
                lastStar = t++;
                taken = n;
            } else if (t < text.length() && text.charAt(t) == name.charAt(n)) {
                t++;
                n++;
            } else if (lastStar >= 0) {
                t = lastStar + 1;
                n = ++taken;
            } else {
                return false;
            }
        }
        while (t < text.length() && text.charAt(t) == ANY) {
            t++;
        }
        return t == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
