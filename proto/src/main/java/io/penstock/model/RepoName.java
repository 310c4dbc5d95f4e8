package io.penstock.model;

import java.util.Map;

/**
 * The name of a repo: 1 to 128 characters out of {@code a-z 0-9 - _ .}, not starting with a dot.
 *
 * <p>A valid name is also a safe file name: it holds no path separator, is never {@code .} or
 * {@code ..}, and needs no escaping in a URL, a metric label or a log line.
 *
 * <p>Threading: immutable.
 *
 * @param value the name itself
 */
public record RepoName(String value) implements Comparable<RepoName>, Subject {

    /** Longest name, in characters; one byte each in UTF-8. */
    public static final int MAX_LENGTH = 128;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException when {@link #fault} finds one
     */
    public RepoName {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("repo", value);
    }

    /**
     * What is wrong with a name.
     *
     * @return one sentence that names the fault and where it stands, or an empty text for a valid
     *     name; it never repeats the control characters of the name
     */
    public static String fault(String name) {
        if (name.isEmpty()) {
            return "repo name is empty";
        }
        if (name.length() > MAX_LENGTH) {
            return "repo name has " + name.length() + " characters, the limit is " + MAX_LENGTH;
        }
        if (name.charAt(0) == '.') {
            return "repo name starts with '.'";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!allowed(c)) {
                return String.format(
                        "repo name has character U+%04X at %d; allowed are a-z 0-9 - _ .",
                        (int) c, i);
            }
        }
        return "";
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    }

    @Override
    public int compareTo(RepoName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
