package io.penstock.perf.report;

import java.util.List;

/**
 * Everything that a command measured.
 *
 * @param host where
 * @param runs cases that went through
 * @param failures cases that did not, with the reason
 */
public record Report(Host host, List<RunResult> runs, List<String> failures) {
    /** The lists are fixed. */
    public Report {
        runs = List.copyOf(runs);
        failures = List.copyOf(failures);
    }
}
