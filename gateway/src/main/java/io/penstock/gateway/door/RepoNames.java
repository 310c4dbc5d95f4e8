package io.penstock.gateway.door;

import io.penstock.model.RepoName;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the repo of a word in which a protocol says where records go: an index, a database.
 *
 * <p>A rule is a word, or the beginning of one with {@code *} behind it; the exact one goes first,
 * then the longest beginning. A word without rule is a repo of its own name, no word at all the
 * default.
 *
 * <p>Threading: immutable.
 */
public final class RepoNames {
    private final Map<String, String> exact = new HashMap<>();
    private final TreeMap<String, String> beginnings = new TreeMap<>();
    private final String fallback;

    /**
     * Makes the rules.
     *
     * @param rules repos by word or beginning of one
     * @param fallback repo where there is no word; empty for none
     * @throws IllegalArgumentException for a rule that makes no sense; the message begins with the
     *     key of the configuration
     */
    public RepoNames(Map<String, String> rules, String fallback) {
        this.fallback = fallback;
        if (!fallback.isEmpty()) {
            check("default_repo", fallback);
        }
        rules.forEach(this::add);
    }

    private void add(String pattern, String repo) {
        check("repos", repo);
        int star = pattern.indexOf('*');
        if (star < 0) {
            exact.put(pattern, repo);
        } else if (star == pattern.length() - 1) {
            beginnings.put(pattern.substring(0, star), repo);
        } else {
            throw new IllegalArgumentException(
                    "repos: '" + pattern + "' may have one *, at its end");
        }
    }

    private static void check(String key, String repo) {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(key + ": " + fault);
        }
    }

    /**
     * The repo of a word; may be none that is allowed.
     *
     * @param word what the request says; empty when it says nothing
     */
    public String of(String word) {
        if (word.isEmpty()) {
            return fallback;
        }
        String named = exact.get(word);
        if (named != null) {
            return named;
        }
        // Beginnings are sorted: going back from the word itself, the first that fits is longest.
        Map.Entry<String, String> entry = beginnings.floorEntry(word);
        while (entry != null) {
            if (word.startsWith(entry.getKey())) {
                return entry.getValue();
            }
            entry = beginnings.lowerEntry(entry.getKey());
        }
        return word;
    }
}
