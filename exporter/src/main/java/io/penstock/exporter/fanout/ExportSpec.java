package io.penstock.exporter.fanout;

import io.penstock.exporter.deadletter.DeadLetterConfig;
import io.penstock.exporter.pressure.BackOff;
import io.penstock.exporter.pressure.BatchLimits;
import io.penstock.exporter.pressure.PressureConfig;
import io.penstock.exporter.pressure.RateConfig;
import io.penstock.exporter.transform.TransformStep;
import io.penstock.model.RepoName;
import io.penstock.model.Setting;
import java.util.List;

/**
 * Keys {@code exports[].*}: one repo to one sink.
 *
 * <p>Threading: immutable.
 *
 * @param name the export's name, unique in its repo
 * @param repo whose records
 * @param sink where to
 * @param transforms what is done to records on the way
 * @param batch how large deliveries are
 * @param concurrency most deliveries in flight
 * @param pressure how concurrency and size follow what the target bears
 * @param rate most records and bytes per second
 * @param timeoutMs last resort against a sink that never answers
 * @param backOff waits after failures
 * @param whenFull what to do when the repo's disk budget is spent
 * @param deadLetters bound of the dead letters
 */
public record ExportSpec(
        @Setting(
                        doc =
                                "Name of the export, unique in its repo, of the characters of a repo name. Its"
                                        + " position is kept under this name: a renamed export starts anew.")
                String name,
        @Setting(doc = "Repo whose records are exported.") RepoName repo,
        @Setting(doc = "Target: type and the type's own keys.") SinkSpec sink,
        @Setting(
                        value = "[]",
                        doc =
                                "What is done to records on the way, in this order. Each item is one step;"
                                        + " docs/transforms.md has an example of each.")
                List<TransformStep> transforms,
        @Setting(value = "{}", doc = "When a delivery is large or old enough to go.")
                BatchLimits batch,
        @Setting(
                        value = "8",
                        doc =
                                "Most deliveries in flight at once; a sink that needs order has one, whatever"
                                        + " stands here.")
                int concurrency,
        @Setting(value = "{}", doc = "How concurrency and batch size follow what the target bears.")
                PressureConfig pressure,
        @Setting(value = "{}", doc = "The most that is offered to the target per second.")
                RateConfig rate,
        @Setting(
                        value = "60000",
                        doc =
                                "A delivery that the sink has not answered after this time is offered again. A"
                                        + " last resort: sinks have shorter time-outs of their own.")
                long timeoutMs,
        @Setting(
                        value = "sink_failure",
                        doc =
                                "Waits after a failure: sink_failure (1 s doubling to 10 s), busy (five of 1 s,"
                                        + " then doubling to 32 s) or empty_poll (1 s doubling to 32 s). A target's"
                                        + " own Retry-After wins.")
                BackOff backOff,
        @Setting(
                        value = "block",
                        doc =
                                "When the repo's disk budget is spent and this export lags most: block (refuse"
                                        + " new batches), drop_oldest or dead_letter.")
                WhenFull whenFull,
        @Setting(value = "{}", doc = "Bound of this export's dead letters.")
                DeadLetterConfig deadLetters) {

    /** Most deliveries in flight: each may hold a run of its own, and a cursor has 64. */
    public static final int MAX_CONCURRENCY = 32;

    /** Checks ranges. */
    public ExportSpec {
        transforms = List.copyOf(transforms);
        if (transforms.size() > TransformStep.MAX_STEPS) {
            throw new IllegalArgumentException(
                    "transforms has more than " + TransformStep.MAX_STEPS + " steps");
        }
        String fault = RepoName.fault(name);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(
                    "name: " + fault.replace("repo name", "export name"));
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must lie between 1 and "
                            + MAX_CONCURRENCY
                            + ", not "
                            + concurrency);
        }
        if (timeoutMs < 1) {
            throw new IllegalArgumentException("timeout_ms must be at least 1, not " + timeoutMs);
        }
    }

    /** An export with every other key at its default. */
    public static ExportSpec of(String name, RepoName repo, SinkSpec sink) {
        return new ExportSpec(
                name,
                repo,
                sink,
                List.of(),
                BatchLimits.defaults(),
                4,
                PressureConfig.defaults(),
                RateConfig.none(),
                60_000,
                BackOff.SINK_FAILURE,
                WhenFull.BLOCK,
                DeadLetterConfig.defaults());
    }

    /** The same export for another repo; this is how a template becomes an export. */
    public ExportSpec forRepo(RepoName other) {
        return new ExportSpec(
                name,
                other,
                sink,
                transforms,
                batch,
                concurrency,
                pressure,
                rate,
                timeoutMs,
                backOff,
                whenFull,
                deadLetters);
    }
}
