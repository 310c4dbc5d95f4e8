package io.penstock.gateway.cli.watch;

import io.penstock.gateway.boot.StoppedNode;
import io.penstock.gateway.cli.AdminClient;
import io.penstock.gateway.cli.CommandFailure;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.NodeOption;
import io.penstock.gateway.cli.OutputOption;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Paint;
import io.penstock.gateway.terminal.Terminal;
import io.penstock.model.RepoName;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock tail}. */
@Command(
        name = "tail",
        description = {
            "Shows records of a repo as they come to a live node, a sample of them, up to --rate a"
                    + " second. No export waits for it.",
            "Ends with 0 at Ctrl-C, after --records, or when nobody reads its output any more."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TailCommand implements Callable<Integer>, NodeOption.Visitor<Integer> {
    private static final int MAX_RATE = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Mixin private NodeOption node;
    @Mixin private OutputOption output;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "REPO", description = "Whose records.")
    private String repo;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "Records a second, 1 to " + MAX_RATE + "; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = {"-n", "--records"},
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after so many; default: goes on.")
    private long records;

    private boolean coloured;
    private long shown;

    @Override
    public Integer call() throws Exception {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty() || rate < 1 || rate > MAX_RATE || records < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    fault.isEmpty()
                            ? "--rate must be 1 to " + MAX_RATE + ", --records 0 or more"
                            : fault);
        }
        coloured = output.isTable() && Terminal.hasColour();
        return node.visit(this);
    }

    @Override
    public Integer stopped(StoppedNode stopped) {
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "the node does not run, and nothing comes to it; name one that runs with --admin");
    }

    @Override
    public Integer live(AdminClient client) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Farewell farewell = new Farewell(out::flush);
        try (InputStream in = client.stream("/v1/tail?repo=" + repo + "&rate=" + rate)) {
            EventReader events = new EventReader(in);
            while (!Terminal.isClosed(out) && !isEnough()) {
                Optional<JsonObject> event = events.next();
                event.ifPresent(each -> print(each, out));
            }
            return ExitCode.OK;
        } catch (IOException ended) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, client.address() + ": " + ended.getMessage());
        } finally {
            farewell.close();
        }
    }

    private boolean isEnough() {
        return records > 0 && shown >= records;
    }

    private void print(JsonObject event, PrintWriter out) {
        JsonArray sample = event.getJsonArray("records");
        for (int i = 0; i < sample.size() && !isEnough(); i++) {
            shown++;
            show(sample.getJsonObject(i), out);
        }
        long passed = event.getLong("passed_records") - sample.size();
        if (passed > 0 && output.isTable() && Terminal.isErr()) {
            String said = "(" + Amounts.count(passed) + " more passed)";
            spec.commandLine().getErr().println(Paint.DIM.on(said, coloured));
        }
    }

    private void show(JsonObject record, PrintWriter out) {
        String text = record.getString("record");
        if (output.isTable()) {
            String time = TIME.format(Instant.ofEpochMilli(record.getLong("arrived_ms")));
            out.println(Paint.DIM.on(time, coloured) + "  " + Terminal.plain(text));
        } else {
            output.append(
                    out,
                    new JsonObject()
                            .put("repo", repo)
                            .put("position", record.getLong("position"))
                            .put("arrived_ms", record.getLong("arrived_ms"))
                            .put("record", value(text)));
        }
    }

    /** A record as JSON; as text where it was cut, or not to be decoded. */
    private static Object value(String text) {
        try {
            Object value = Json.decodeValue(text);
            return value == null ? text : value;
        } catch (DecodeException cut) {
            return text;
        }
    }
}
