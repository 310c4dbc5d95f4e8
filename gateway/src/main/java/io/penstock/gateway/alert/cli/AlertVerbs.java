package io.penstock.gateway.alert.cli;

import io.penstock.gateway.cli.VerbProvider;
import java.util.List;

/** Gives the verb {@code alerts} to the command line. */
public final class AlertVerbs implements VerbProvider {
    @Override
    public List<Object> verbs() {
        return List.of(new AlertsCommand());
    }
}
