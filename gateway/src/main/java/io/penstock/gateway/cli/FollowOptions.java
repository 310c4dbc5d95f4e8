package io.penstock.gateway.cli;

import io.penstock.gateway.follow.FollowSettings;
import io.penstock.gateway.input.BatchLimit;
import io.penstock.model.RepoName;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code penstock push --follow} takes beside the options of {@code push}. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class FollowOptions {
    /** What a node takes as one record, by default. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private static final int STOP_MS = 10_000;
    private static final long SECOND_MS = 1000;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where --follow keeps how far it is; by default .penstock/follow/REPO beside the"
                            + " launcher.")
    private @Nullable Path state;

    @Option(
            names = "--poll-ms",
            paramLabel = "N",
            defaultValue = "200",
            description = "Between two looks at followed files; default: ${DEFAULT-VALUE}.")
    private int pollMs;

    @Option(
            names = "--partial-seconds",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "When a last line without a line feed is taken for whole; default:"
                            + " ${DEFAULT-VALUE}.")
    private int partialSeconds;

    @Option(
            names = "--gone-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "How long a file that was renamed away is watched on; default:"
                            + " ${DEFAULT-VALUE}.")
    private int goneSeconds;

    FollowSettings settings(
            List<String> files,
            RepoName repo,
            String to,
            BatchLimit limit,
            int underWay,
            boolean skipRefused) {
        return new FollowSettings(
                List.copyOf(files),
                repo,
                to,
                state(repo),
                limit,
                underWay,
                MAX_LINE_BYTES,
                Math.max(1, pollMs),
                Math.max(0, partialSeconds) * SECOND_MS,
                Math.max(0, goneSeconds) * SECOND_MS,
                STOP_MS,
                skipRefused);
    }

    private Path state(RepoName repo) {
        Path given = state;
        return given == null
                ? Path.of(
                        System.getProperty("penstock.home", ""),
                        ".penstock",
                        "follow",
                        repo.value())
                : given;
    }
}
