package io.penstock.gateway.config;

import java.util.Collection;
import java.util.Optional;

/** Guesses which known word somebody meant. */
public final class NearestKey {
    private NearestKey() {}

    /**
     * The known word with the fewest edits from {@code typed}, if it is near enough to be meant.
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        int bound = Math.max(1, typed.length() / 3) + 1;
        String best = "";
        int least = bound + 1;
        for (String word : known) {
            int edits = edits(typed, word);
            if (edits < least) {
                least = edits;
                best = word;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn a into b. */
    static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
