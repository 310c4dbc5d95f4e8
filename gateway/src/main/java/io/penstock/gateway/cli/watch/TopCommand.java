package io.penstock.gateway.cli.watch;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.Terminal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock top}. */
@Command(
        name = "top",
        description = {
            "Shows live what a node does: its load, its repos, its exports, how far they lag, and what"
                    + " each target is given at once.",
            "Keys: q ends it, as Ctrl-C does; n r l b a s sort by name, rate, lag, bytes, age and"
                    + " state, the same key again the other way round; j and k scroll.",
            "Where standard output is no terminal it prints one table."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TopCommand implements Callable<Integer>, NodeOption.Visitor<Integer> {
    private static final long FIRST_MS = 10_000;
    private static final long WHOLE_MS = 5_000;
    private static final int MAX_INTERVAL_S = 3600;

    /** Where nobody says how high the terminal is. */
    private static final int USUAL_ROWS = 24;

    @Mixin private NodeOption node;
    @Mixin private OutputOption output;
    @Spec private CommandSpec spec;

    @Option(names = "--cluster", description = "All nodes that the node knows, each asked itself.")
    private boolean isCluster;

    @Option(names = "--once", description = "Print one table and end.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Between two looks; default: ${DEFAULT-VALUE}.")
    private int intervalS;

    @Option(
            names = "--sort",
            paramLabel = "name|rate|lag|bytes|age|state",
            defaultValue = "lag",
            description = "What comes first; default: ${DEFAULT-VALUE}.")
    private SortKey sort;

    private boolean reversed;
    private int skipped;

    @Override
    public Integer call() throws Exception {
        if (intervalS < 1 || intervalS > MAX_INTERVAL_S) {
            throw new ParameterException(
                    spec.commandLine(), "--interval must be 1 to " + MAX_INTERVAL_S);
        }
        return node.visit(this);
    }

    @Override
    public Integer stopped(StoppedNode stopped) {
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "the node does not run, and there is nothing to watch; name one that runs with"
                        + " --admin, or look at its files with penstock exports");
    }

    @Override
    public Integer live(AdminClient client) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (Watches watches = new Watches(client, isCluster)) {
            watches.awaitFirst(FIRST_MS);
            if (once || !output.isTable() || !Terminal.isOut()) {
                watches.awaitAll(WHOLE_MS);
                List<JsonObject> nodes = watches.documents();
                output.show(
                        out,
                        new JsonObject().put("nodes", new JsonArray(nodes)),
                        to ->
                                TopView.all(
                                                nodes,
                                                order(),
                                                Terminal.tableColumns(),
                                                Terminal.hasColour())
                                        .forEach(to::println));
            } else {
                watch(watches, out);
            }
        }
        return ExitCode.OK;
    }

    private TopView.Order order() {
        return new TopView.Order(sort, reversed, skipped);
    }

    private void watch(Watches watches, PrintWriter out) throws InterruptedException {
        Tty.Size usual = new Tty.Size(Terminal.columns(), USUAL_ROWS);
        try (Tty tty = new Tty(out)) {
            Farewell farewell = new Farewell(tty::close);
            try {
                watch(watches, tty, usual);
            } finally {
                farewell.close();
            }
        }
    }

    private void watch(Watches watches, Tty tty, Tty.Size usual) throws InterruptedException {
        int key = -1;
        while (key != 'q' && !tty.isGone()) {
            press(key);
            watches.refresh();
            Tty.Size size = Tty.size(usual);
            tty.draw(
                    TopView.screen(
                            watches.documents(),
                            order(),
                            size.columns(),
                            size.rows(),
                            Terminal.hasColour()));
            key = tty.key(TimeUnit.SECONDS.toMillis(intervalS));
        }
    }

    private void press(int key) {
        SortKey wanted = SortKey.of(key);
        if (wanted != null) {
            reversed = wanted == sort && !reversed;
            sort = wanted;
            skipped = 0;
        } else if (key == 'j') {
            skipped++;
        } else if (key == 'k') {
            skipped = Math.max(0, skipped - 1);
        }
    }
}
