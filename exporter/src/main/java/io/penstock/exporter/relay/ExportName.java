package io.penstock.exporter.relay;

import io.penstock.model.RepoName;

/**
 * An export by its name.
 *
 * <p>Threading: immutable.
 *
 * @param repo its repo
 * @param export its name there
 */
public record ExportName(RepoName repo, String export) {
    @Override
    public String toString() {
        return repo + "/" + export;
    }
}
