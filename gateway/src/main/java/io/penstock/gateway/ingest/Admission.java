package io.penstock.gateway.ingest;

import io.penstock.model.RepoName;

/**
 * Who may push how much. What it says is asked for where a request's repo and size are known and
 * nothing of it is copied yet: before the body is read where headers name the repo, else before the
 * batch is scanned.
 *
 * <p>Threading: any thread.
 */
@FunctionalInterface
public interface Admission {
    /** Everybody may push everything. */
    Admission ALL = repo -> Quota.ALL;

    /** What requests to a repo count in; may be kept until it is {@link Quota#retired}. */
    Quota of(RepoName repo);

    /** Whether it is asked for connections, too. */
    default boolean countsConnections() {
        return false;
    }
}
