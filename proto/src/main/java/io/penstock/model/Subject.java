package io.penstock.model;

import java.util.Map;

/**
 * What a line of the log is about. The one idiom for that: it is an argument of the message like
 * any other, and where lines are JSON its parts are fields of their own.
 *
 * <p>Threading: immutable.
 */
public interface Subject {
    /** Names of fields, out of {@code repo}, {@code export}, {@code task}, {@code source}. */
    Map<String, String> fields();

    /** An export; as text {@code REPO/EXPORT}. */
    static Subject export(RepoName repo, String export) {
        return new Named(repo + "/" + export, Map.of("repo", repo.value(), "export", export));
    }

    /** A source, which fills a repo; as text its name. */
    static Subject source(RepoName repo, String source) {
        return new Named(source, Map.of("repo", repo.value(), "source", source));
    }

    /**
     * A subject with its text.
     *
     * @param text as it stands in a message
     */
    record Named(String text, Map<String, String> fields) implements Subject {
        /** Takes a copy. */
        public Named {
            fields = Map.copyOf(fields);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
