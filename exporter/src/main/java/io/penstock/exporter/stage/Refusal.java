package io.penstock.exporter.stage;

import io.penstock.model.RepoName;

/** Why a batch was not taken, as a value that tells the client what to do next. */
public sealed interface Refusal {

    /** One sentence for people. */
    String message();

    /**
     * No room now. Come back after {@code retryAfterMs}, computed from the rate at which the repo
     * drains.
     */
    record Full(RepoName repo, long retryAfterMs, String message) implements Refusal {}

    /** Larger than a limit; the same batch will never be taken. */
    record TooLarge(String message) implements Refusal {}

    /** The repo does not exist and may not be created by a push. */
    record UnknownRepo(String message) implements Refusal {}

    /** The sequence went back behind the window or jumped. */
    record BadSequence(String message) implements Refusal {}

    /** The same sequence is being staged by another request: retry after a moment. */
    record Pending(long retryAfterMs, String message) implements Refusal {}

    /** The node is draining, or the repo's files failed: go elsewhere or come back. */
    record Unavailable(long retryAfterMs, String message) implements Refusal {}

    /**
     * Staged, but the acknowledgement asked for did not come in time. A retry with the same
     * sequence is safe.
     */
    record AckTimeout(String message) implements Refusal {}
}
