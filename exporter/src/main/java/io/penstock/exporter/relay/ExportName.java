package io.penstock.exporter.relay;

import io.penstock.model.RepoName;
import io.penstock.model.Subject;
import java.util.Map;

/**
 * An export by its name.
 *
 * <p>Threading: immutable.
 *
 * @param repo its repo
 * @param export its name there
 */
public record ExportName(RepoName repo, String export) implements Subject {
    @Override
    public Map<String, String> fields() {
        return Map.of("repo", repo.value(), "export", export);
    }

    @Override
    public String toString() {
        return repo + "/" + export;
    }
}
