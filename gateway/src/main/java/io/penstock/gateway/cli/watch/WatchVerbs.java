package io.penstock.gateway.cli.watch;

import io.penstock.gateway.cli.VerbProvider;
import java.util.List;

/** Adds {@code top} and {@code tail} to the verbs of {@code penstock}. */
public final class WatchVerbs implements VerbProvider {
    /** For the service loader. */
    public WatchVerbs() {}

    @Override
    public List<Object> verbs() {
        return List.of(new TailCommand(), new TopCommand());
    }
}
