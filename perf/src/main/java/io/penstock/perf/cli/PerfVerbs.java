package io.penstock.perf.cli;

import io.penstock.gateway.cli.VerbProvider;
import java.util.List;

/** Adds {@code bench} to the verbs of {@code penstock}. */
public final class PerfVerbs implements VerbProvider {
    /** For the service loader. */
    public PerfVerbs() {}

    @Override
    public List<Object> verbs() {
        return List.of(new BenchCommand());
    }
}
