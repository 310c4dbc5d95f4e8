package io.penstock.gateway.planning;

import io.penstock.gateway.cli.VerbProvider;
import java.util.List;

/** The verbs {@code report} and {@code capacity}. */
public final class PlanningVerbs implements VerbProvider {
    @Override
    public List<Object> verbs() {
        return List.of(new ReportCommand(), new CapacityCommand());
    }
}
