package io.penstock.gateway.cli.ask;

import io.penstock.gateway.admin.DeadLetterDesk;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.Progress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that settle dead letters. */
final class SettleCommands {
    /** Letters that stay one after another, after which the rest is not tried. */
    private static final int MAX_IN_VAIN = 10;

    private SettleCommands() {}

    /** What these verbs share: which letters, and what is said of each. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    abstract static class Settle implements Callable<Integer> {
        @Mixin private DlqCommand.Whose whose;
        @Spec private CommandSpec spec;

        @Parameters(
                paramLabel = "ID|all",
                arity = "0..*",
                description = "From ls; all is --all without a bound.")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "All that wait, oldest first, up to --limit.")
        private boolean all;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "10000",
                description = "Of --all at most so many; default: ${DEFAULT-VALUE}.")
        private int limit;

        private final String done;

        Settle(String done) {
            this.done = done;
        }

        abstract JsonObject settle(DeadLetters letters, long id) throws Exception;

        @Override
        public final Integer call() throws Exception {
            if (all != ids.isEmpty() || limit < 1) {
                throw new ParameterException(
                        spec.commandLine(), "name ids, or --all with a --limit of 1 or more");
            }
            JsonObject result = whose.visit(this::settled);
            whose.output().show(spec.commandLine().getOut(), result, out -> print(result, out));
            boolean whole = result.getLong("settled") == result.getJsonArray("letters").size();
            return whole && result.getLong("not_tried") == 0 ? ExitCode.OK : ExitCode.FAILED;
        }

        private JsonObject settled(DeadLetters letters) throws Exception {
            List<Long> wanted = resolve(letters);
            JsonArray results = new JsonArray();
            long settled = 0;
            int inVain = 0;
            try (Progress progress = Progress.onErr(done, wanted.size(), Amounts::count)) {
                for (long id : wanted) {
                    if (inVain >= MAX_IN_VAIN) {
                        break;
                    }
                    JsonObject result = settle(letters, id).put("id", id);
                    results.add(result);
                    boolean isDone = result.getBoolean(done);
                    settled += isDone ? 1 : 0;
                    inVain = isDone ? 0 : inVain + 1;
                    progress.done(results.size());
                    progress.detail(results.size() - settled + " stay");
                }
            }
            return new JsonObject()
                    .put("letters", results)
                    .put("settled", settled)
                    .put("not_tried", wanted.size() - results.size())
                    .put("left", letters.list(0, 1).getLong("held_letters"));
        }

        private void print(JsonObject result, PrintWriter out) {
            for (Object each : result.getJsonArray("letters")) {
                JsonObject letter = (JsonObject) each;
                String why = letter.getString("why", "no such letter waits");
                boolean isDone = letter.getBoolean(done);
                out.println(letter.getLong("id") + ": " + (isDone ? done : "stays: " + why));
            }
            long notTried = result.getLong("not_tried");
            if (notTried > 0) {
                out.printf(
                        Locale.ROOT,
                        "%d one after another stay; %d more were not tried.%n",
                        MAX_IN_VAIN,
                        notTried);
            }
            out.printf(
                    Locale.ROOT,
                    "%d of %d %s; %d wait.%n",
                    result.getLong("settled"),
                    result.getJsonArray("letters").size() + notTried,
                    done,
                    result.getLong("left"));
        }

        private List<Long> resolve(DeadLetters letters) throws Exception {
            List<Long> resolved = new ArrayList<>();
            if (all) {
                waiting(letters, limit, resolved);
            }
            for (String id : ids) {
                if (id.equals("all")) {
                    waiting(letters, Integer.MAX_VALUE, resolved);
                } else {
                    resolved.add(number(id));
                }
            }
            return resolved;
        }

        private static void waiting(DeadLetters letters, int most, List<Long> into)
                throws Exception {
            long after = 0;
            JsonArray page;
            do {
                int part = Math.min(DeadLetterDesk.MAX_LIST, most - into.size());
                page =
                        part <= 0
                                ? new JsonArray()
                                : letters.list(after, part).getJsonArray("letters");
                page.forEach(letter -> into.add(((JsonObject) letter).getLong("id")));
                after = into.isEmpty() ? after : into.get(into.size() - 1);
            } while (!page.isEmpty());
        }

        private long number(String id) {
            try {
                return Long.parseLong(id);
            } catch (NumberFormatException notOne) {
                throw new ParameterException(
                        spec.commandLine(),
                        id + " is neither the id of a letter nor 'all'",
                        notOne);
            }
        }
    }

    /** {@code penstock dlq replay}. */
    @Command(
            name = "replay",
            description = {
                "Delivers letters again through the export's sink; needs a live node.",
                "Exits with 1 when some stay; tries no more after "
                        + MAX_IN_VAIN
                        + " that stay one after another."
            },
            mixinStandardHelpOptions = true)
    static final class Replay extends Settle {
        Replay() {
            super("replayed");
        }

        @Override
        JsonObject settle(DeadLetters letters, long id) throws Exception {
            return letters.replay(id);
        }
    }

    /** {@code penstock dlq drop}. */
    @Command(
            name = "drop",
            description = "Gives letters up for ever; the ledger counts them.",
            mixinStandardHelpOptions = true)
    static final class Drop extends Settle {
        Drop() {
            super("dropped");
        }

        @Override
        JsonObject settle(DeadLetters letters, long id) throws Exception {
            return letters.drop(id);
        }
    }
}
