package io.penstock.gateway.alert;

import java.util.List;

/** Names with {@code *} for any run of characters. */
final class Glob {
    private static final char ANY = '*';

    private Glob() {}

    static boolean anyFits(List<String> patterns, String name) {
        for (String pattern : patterns) {
            if (fits(pattern, name)) {
                return true;
            }
        }
        return false;
    }

    /** With one place to come back to: only the last star may have to take more. */
    static boolean fits(String pattern, String name) {
        int p = 0;
        int n = 0;
        int lastStar = -1;
        int taken = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == ANY) {
                lastStar = p++;
                taken = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                n = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == ANY) {
            p++;
        }
        return p == pattern.length();
    }
}
