package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.model.RepoName;
import io.penstock.model.Subject;
import java.util.Comparator;
import java.util.Map;

/**
 * Which export. Threading: immutable.
 *
 * @param repo whose
 * @param export its name there
 */
public record ExportKey(RepoName repo, String export) implements Subject {
    /** By repo, then by name. */
    static final Comparator<ExportKey> ORDER =
            Comparator.comparing(ExportKey::repo).thenComparing(ExportKey::export);

    /** Checks the name, which becomes the name of a file. */
    public ExportKey {
        String fault = RepoName.fault(export);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault.replace("repo name", "export name"));
        }
    }

    @Override
    public Map<String, String> fields() {
        return Map.of("repo", repo.value(), "export", export);
    }

    static ExportKey of(ExportSpec spec) {
        return new ExportKey(spec.repo(), spec.name());
    }

    @Override
    public String toString() {
        return repo + "/" + export;
    }
}
