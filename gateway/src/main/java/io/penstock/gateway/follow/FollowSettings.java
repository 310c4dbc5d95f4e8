package io.penstock.gateway.follow;

import io.penstock.gateway.input.BatchLimit;
import io.penstock.model.RepoName;
import java.nio.file.Path;
import java.util.List;

/**
 * What to follow, and how.
 *
 * @param patterns paths, with {@code * ? [ ]} and <code>{ }</code> in any part
 * @param repo where the lines go
 * @param to the gateway, for the checkpoint, which is good for one alone
 * @param state directory of the checkpoint
 * @param limit of a batch
 * @param underWay batches without an answer, at the most
 * @param maxLineBytes longer lines are left out
 * @param pollMs between two looks at the files; also the age at which lines go
 * @param partialMs after which a last line without a line feed counts as whole
 * @param goneMs after which a file that no pattern finds, and that does not grow, is left
 * @param stopMs how long {@link Follower#stop} waits for answers
 * @param skipRefused whether a batch that the gateway refuses for good is left out
 */
public record FollowSettings(
        List<String> patterns,
        RepoName repo,
        String to,
        Path state,
        BatchLimit limit,
        int underWay,
        int maxLineBytes,
        long pollMs,
        long partialMs,
        long goneMs,
        long stopMs,
        boolean skipRefused) {}
