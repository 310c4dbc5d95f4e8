package io.penstock.gateway.cli;

import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.record.Encoding;
import io.penstock.gateway.client.GrpcPushClient;
import io.penstock.gateway.client.HttpPushClient;
import io.penstock.gateway.client.ProducerIdentity;
import io.penstock.gateway.client.PushCall.Batch;
import io.penstock.gateway.client.PushClient;
import io.penstock.gateway.client.PushException;
import io.penstock.gateway.client.PushWays;
import io.penstock.gateway.client.Pusher;
import io.penstock.gateway.input.AccessLogSource;
import io.penstock.gateway.input.BatchLimit;
import io.penstock.gateway.input.BatchSource;
import io.penstock.gateway.input.LineSource;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock push}. */
@Command(
        name = "push",
        description = {
            "Pushes records from files or standard input to a gateway.",
            "Retries as the gateway asks; every batch is staged once. Exits with 1 when lines were"
                    + " malformed and left out, unless --skip-malformed is given."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PushCommand implements Callable<Integer> {
    /** Complaints about lines that are shown; the rest is only counted. */
    private static final int MAX_COMPLAINTS = 10;

    /** What input lines are. */
    enum Format {
        NDJSON,
        COMBINED,
        COMMON,
        TEXT
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Files, .gz too; - or none is standard input.")
    private List<String> files = List.of("-");

    @Option(names = "--repo", required = true, description = "Where the records go.")
    private String repo;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:4400",
            description = "Data port of the gateway; default: ${DEFAULT-VALUE}.")
    private String to;

    @Option(
            names = "--format",
            paramLabel = "ndjson|combined|common|text",
            defaultValue = "ndjson",
            description = "What a line is; default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--http", description = "Use HTTP/2 instead of gRPC.")
    private boolean http;

    @Option(
            names = "--ack",
            paramLabel = "staged|synced|delivered",
            defaultValue = "staged",
            description = "What to wait for; default: ${DEFAULT-VALUE}.")
    private AckLevel ack;

    @Option(
            names = "--batch-records",
            defaultValue = "5000",
            description = "Records in a batch at the most; default: ${DEFAULT-VALUE}.")
    private int batchRecords;

    @Option(
            names = "--batch-bytes",
            defaultValue = "262144",
            description = "Bytes in a batch, about; default: ${DEFAULT-VALUE}.")
    private int batchBytes;

    @Option(
            names = "--under-way",
            defaultValue = "8",
            description = "Batches under way at once, 1 to 64; default: ${DEFAULT-VALUE}.")
    private int underWay;

    @Option(
            names = "--producer",
            paramLabel = "FILE",
            description =
                    "Keeps the identity of the producer and its sequence there, for the next push.")
    private @Nullable Path producerFile;

    @Option(
            names = "--retry-seconds",
            defaultValue = "60",
            description = "How long one batch is retried; default: ${DEFAULT-VALUE}.")
    private int retrySeconds;

    @Option(names = "--skip-malformed", description = "Malformed lines do not fail the push.")
    private boolean skipMalformed;

    @Mixin private OutputOption output;
    @Spec private CommandSpec spec;

    private final LiveLine progress = LiveLine.onErr();
    private long startNs;
    private long malformed;
    private long complaints;

    @Override
    public Integer call() throws IOException, InterruptedException {
        SocketAddress server = server();
        RepoName name = repoName();
        checkRange("--batch-records", batchRecords, 1, 1_000_000);
        checkRange("--batch-bytes", batchBytes, 1, 64 << 20);
        checkRange("--under-way", underWay, 1, Pusher.MAX_UNDER_WAY);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        PushWays ways = new PushWays(client(vertx, server), owner -> client(vertx, owner));
        startNs = System.nanoTime();
        try (ProducerIdentity producer = identity()) {
            Pusher.Terms terms =
                    new Pusher.Terms(name, producer, ack, underWay, retrySeconds * 1000L);
            // a producer that is kept must find the node again that knows its sequences
            return push(
                    producerFile == null
                            ? new Pusher(vertx, ways, terms, ns -> {})
                            : new Pusher(vertx, ways.home(), terms, ns -> {}));
        } finally {
            vertx.close();
        }
    }

    private PushClient client(Vertx vertx, SocketAddress server) {
        return http ? new HttpPushClient(vertx, server) : new GrpcPushClient(vertx, server);
    }

    private int push(Pusher pusher) throws IOException, InterruptedException {
        String failure = "";
        boolean reached = true;
        try {
            for (String file : files) {
                pushFile(file, pusher);
            }
            pusher.finish();
        } catch (PushException ended) {
            failure = String.valueOf(ended.getMessage());
            reached = ended.reached();
        }
        progress.clear();
        summary(pusher, failure);
        if (!failure.isEmpty()) {
            String where = reached ? "" : "cannot reach " + to + ": ";
            throw new CommandFailure(
                    reached ? ExitCode.FAILED : ExitCode.UNREACHABLE, where + failure);
        }
        return malformed > 0 && !skipMalformed ? ExitCode.FAILED : ExitCode.OK;
    }

    private void pushFile(String file, Pusher pusher)
            throws IOException, PushException, InterruptedException {
        try (InputStream in = open(file)) {
            BatchSource source = source(in, file);
            Batch batch = source.next();
            while (batch != null) {
                pusher.push(batch);
                progress.show(state(pusher));
                batch = source.next();
            }
            malformed += source.malformed();
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(ExitCode.FAILED, "no such file: " + file);
        }
    }

    private BatchSource source(InputStream in, String file) {
        BatchLimit limit = new BatchLimit(batchRecords, batchBytes);
        return switch (format) {
            case NDJSON ->
                    new LineSource(in, Encoding.NDJSON, !http, limit, l -> complain(file, l));
            case TEXT -> new LineSource(in, Encoding.TEXT, !http, limit, l -> complain(file, l));
            case COMBINED, COMMON ->
                    new AccessLogSource(
                            in,
                            AccessLogFormat.named(format.name().toLowerCase(Locale.ROOT)),
                            limit,
                            l -> complain(file, l));
        };
    }

    private static InputStream open(String file) throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        InputStream in = Files.newInputStream(Path.of(file));
        return file.endsWith(".gz") ? new GZIPInputStream(in, 64 << 10) : in;
    }

    private void complain(String file, String complaint) {
        complaints++;
        if (complaints <= MAX_COMPLAINTS) {
            progress.note(file + ": " + complaint);
        } else if (complaints == MAX_COMPLAINTS + 1) {
            progress.note("more malformed lines are counted and not shown");
        }
    }

    private String state(Pusher pusher) {
        double seconds = seconds();
        return String.format(
                Locale.ROOT,
                "%s records, %s, %s records/s, %s/s, %s batches, %d retries",
                Amounts.count(pusher.records()),
                Amounts.bytes(pusher.bytes()),
                Amounts.count((long) (pusher.records() / seconds)),
                Amounts.bytes((long) (pusher.bytes() / seconds)),
                Amounts.count(pusher.batches()),
                pusher.retries());
    }

    private double seconds() {
        return Math.max(1e-3, (System.nanoTime() - startNs) / 1e9);
    }

    private void summary(Pusher pusher, String failure) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(
                    new JsonObject()
                            .put("repo", repo)
                            .put("records", pusher.records())
                            .put("batches", pusher.batches())
                            .put("bytes", pusher.bytes())
                            .put("duplicates", pusher.duplicates())
                            .put("retries", pusher.retries())
                            .put("malformed", malformed)
                            .put("seconds", seconds())
                            .put("failure", failure)
                            .encodePrettily());
        } else {
            out.printf(
                    "%s: %s in %s; %d malformed lines left out%n",
                    repo, state(pusher), Amounts.seconds(seconds()), malformed);
        }
        out.flush();
    }

    private ProducerIdentity identity() throws IOException {
        return producerFile == null
                ? ProducerIdentity.fresh()
                : ProducerIdentity.kept(producerFile);
    }

    private SocketAddress server() {
        int colon = to.lastIndexOf(':');
        try {
            return SocketAddress.inetSocketAddress(
                    Integer.parseInt(to.substring(colon + 1)), to.substring(0, colon));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformedAddress) {
            throw usage("--to: " + to + " is no HOST:PORT");
        }
    }

    private RepoName repoName() {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw usage("--repo: " + fault);
        }
        return new RepoName(repo);
    }

    private void checkRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw usage(option + ": " + value + " is outside " + least + " to " + most);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
