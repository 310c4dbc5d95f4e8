package io.penstock.gateway.cli.ask;

import io.penstock.gateway.cli.VerbProvider;
import java.util.List;

/** Adds the verbs that ask a node to those of {@code penstock}. */
public final class AskVerbs implements VerbProvider {
    /** For the service loader. */
    public AskVerbs() {}

    @Override
    public List<Object> verbs() {
        return List.of(
                new ReportCommands.Repos(),
                new ReportCommands.Tenants(),
                new ReportCommands.Exports(),
                new ReportCommands.Ledger(),
                new ReportCommands.Nodes(),
                new ReportCommands.Receipt(),
                new ClusterCommands.Leader(),
                new ClusterCommands.Tasks(),
                new WhyCommand(),
                new OrderCommands.Groups(),
                new DlqCommand(),
                new KeysCommand(),
                new AuditCommand(),
                new LogCommand());
    }
}
