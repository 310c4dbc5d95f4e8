package io.penstock.exporter.fanout;

import io.penstock.model.RepoName;
import java.util.List;

/** Which exports a repo has: the configured ones, and those that a template gives to every repo. */
@FunctionalInterface
public interface ExportCatalog {
    /** The repo's exports. Any thread; must return at once. */
    List<Export> exportsOf(RepoName repo);
}
