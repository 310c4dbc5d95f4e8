package io.penstock.model;

import java.util.Map;

/**
 * A subject with its text, for what has no word of its own.
 *
 * <p>Threading: immutable.
 *
 * @param text as it stands in a message
 * @param fields what it is about
 */
public record NamedSubject(String text, Map<String, String> fields) implements Subject {
    /** Takes a copy. */
    public NamedSubject {
        fields = Map.copyOf(fields);
    }

    /** An export; as text {@code REPO/EXPORT}. */
    public static NamedSubject export(RepoName repo, String export) {
        return new NamedSubject(
                repo + "/" + export, Map.of("repo", repo.value(), "export", export));
    }

    /** A source, which fills a repo; as text its name. */
    public static NamedSubject source(RepoName repo, String source) {
        return new NamedSubject(source, Map.of("repo", repo.value(), "source", source));
    }

    @Override
    public String toString() {
        return text;
    }
}
