package io.penstock.gateway.cli;

import io.penstock.client.Batch;
import io.penstock.client.ClientBuilder;
import io.penstock.client.ClientCounts;
import io.penstock.client.PenstockClient;
import io.penstock.client.ProducerFile;
import io.penstock.client.PushException;
import io.penstock.client.PushReceipt;
import io.penstock.client.Pusher;
import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.tls.ClientTls;
import io.penstock.gateway.follow.FollowSettings;
import io.penstock.gateway.input.AccessLogSource;
import io.penstock.gateway.input.BatchLimit;
import io.penstock.gateway.input.BatchSource;
import io.penstock.gateway.input.LineSource;
import io.penstock.gateway.terminal.Amounts;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.Progress;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
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
                    + " malformed and left out, unless --skip-malformed is given.",
            "With --follow it goes on with what is written to the files, through their rotation and its"
                    + " own restart, until it is stopped by SIGTERM."
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
        TEXT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Files, .gz too; - or none is standard input. With --follow also patterns, in"
                            + " quotes: '/var/log/app/*.log*'.")
    private List<String> files = List.of("-");

    @Option(
            names = "--repo",
            required = true,
            paramLabel = "REPO",
            description = "Where the records go.")
    private String repo;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            split = ",",
            defaultValue = "127.0.0.1:4400",
            description =
                    "Data port of the gateway; further ones, by commas, for when it does not answer."
                            + " Default: ${DEFAULT-VALUE}.")
    private List<String> to;

    @Option(
            names = "--format",
            paramLabel = "ndjson|combined|common|text",
            defaultValue = "ndjson",
            description = "What a line is; default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--raw",
            description = "Send lines of JSON and text as they are, not as native batches.")
    private boolean raw;

    @Option(names = "--gzip", description = "Compress what goes over the wire.")
    private boolean gzip;

    @Option(
            names = "--ack",
            paramLabel = "staged|synced|delivered",
            defaultValue = "staged",
            description = "What to wait for; default: ${DEFAULT-VALUE}.")
    private AckLevel ack;

    @Option(
            names = "--batch-records",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Records in a batch at the most; default: ${DEFAULT-VALUE}.")
    private int batchRecords;

    @Option(
            names = "--batch-bytes",
            paramLabel = "N",
            defaultValue = "262144",
            description = "Bytes in a batch, about; default: ${DEFAULT-VALUE}.")
    private int batchBytes;

    @Option(
            names = "--under-way",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "Batches under way at once, 1 to 64; 1 keeps their order. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int underWay;

    @Option(
            names = "--producer",
            paramLabel = "FILE",
            description =
                    "Keeps the identity of the producer and its sequence there, for the next push.")
    private @Nullable Path producerFile;

    @Option(
            names = "--retry-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long one batch is retried; default: ${DEFAULT-VALUE}.")
    private int retrySeconds;

    @Option(names = "--skip-malformed", description = "Malformed lines do not fail the push.")
    private boolean skipMalformed;

    @Option(
            names = "--follow",
            description = "Go on with what is written to the files; needs --state or a launcher.")
    private boolean follow;

    @Option(
            names = "--receipt",
            description = {
                "Say the receipt of each batch, one a line, for penstock receipt;",
                "not with --follow."
            })
    private boolean receipt;

    @Mixin private FollowOptions followOptions;
    @Mixin private KeyOption key;
    @Mixin private OutputOption output;
    @Mixin private TlsOption tls;
    @Spec private CommandSpec spec;

    private final ReceiptList receipts = new ReceiptList();
    private Consumer<String> noting = ignored -> {};
    private long startNs;
    private long malformed;
    private long complaints;
    private long readBytes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RepoName name = repoName();
        ClientBuilder builder = client();
        startNs = System.nanoTime();
        if (follow) {
            return follow(name, builder);
        }
        builder.deadline(Duration.ofSeconds(retrySeconds)).close(Duration.ZERO);
        try (ProducerFile producer = producerFile == null ? null : ProducerFile.open(producerFile);
                PenstockClient client = builder.producer(producer).build()) {
            Pusher pusher = new Pusher(client, name.value());
            if (receipt) {
                PrintWriter out = output.isTable() ? spec.commandLine().getOut() : null;
                pusher.onReceipt(each -> receipts.add(each, out));
            }
            return push(client.counts(), pusher);
        } catch (UncheckedIOException notKept) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(notKept.getMessage()));
        }
    }

    private ClientBuilder client() {
        checkRange("--batch-records", batchRecords, 1, ClientBuilder.MAX_BATCH_RECORDS);
        checkRange("--batch-bytes", batchBytes, 1, 64 << 20);
        checkRange("--under-way", underWay, 1, ClientBuilder.MAX_UNDER_WAY);
        checkRange("--retry-seconds", retrySeconds, 0, 1_000_000);
        // bytes are bounded by the batches under way
        ClientBuilder builder =
                PenstockClient.builder().ack(ack).underWay(underWay).maxBytes(1L << 40).gzip(gzip);
        ClientTls speaks = tls.of(to.stream().filter(AdminClient::isTls).findFirst().orElse(""));
        if (speaks != null) {
            builder.tls(TlsOption.named(speaks::context));
        }
        String shown = key.bearer();
        if (!shown.isEmpty()) {
            builder.token(() -> shown);
        }
        for (String each : to) {
            endpoint(builder, speaks == null || AdminClient.isTls(each) ? each : "https://" + each);
        }
        return builder;
    }

    private void endpoint(ClientBuilder builder, String address) {
        try {
            if (address.replaceFirst("^https?://", "").indexOf(':') < 0) {
                throw new IllegalArgumentException(address + " is no HOST:PORT");
            }
            builder.endpoint(address);
        } catch (IllegalArgumentException malformedAddress) {
            throw usage("--to: " + malformedAddress.getMessage());
        }
    }

    private int follow(RepoName name, ClientBuilder builder)
            throws IOException, InterruptedException {
        if (receipt) {
            throw usage("--follow pushes for ever: no --receipt");
        }
        if (producerFile != null || to.size() > 1) {
            throw usage(
                    "--follow keeps its producer itself, at one gateway: no --producer, one --to");
        }
        if (files.stream().anyMatch(file -> file.equals("-") || file.endsWith(".gz"))) {
            throw usage("--follow needs files that grow, or patterns for them");
        }
        FollowSettings settings =
                followOptions.settings(
                        files,
                        name,
                        to.get(0),
                        new BatchLimit(batchRecords, batchBytes),
                        underWay,
                        skipMalformed);
        LiveLine progress = LiveLine.onErr();
        noting = progress::note;
        return new FollowRun(settings, builder, this::batch, progress, output)
                .call(() -> malformed, spec.commandLine().getOut());
    }

    /** One batch of some whole lines. */
    private @Nullable Batch batch(byte[] lines, String file) {
        BatchLimit all = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);
        try {
            BatchSource source = source(new ByteArrayInputStream(lines), file, all);
            Batch batch = source.next();
            malformed += source.malformed();
            return batch;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private int push(ClientCounts counts, Pusher pusher) throws IOException, InterruptedException {
        String failure = "";
        boolean reached = true;
        try (Progress progress = Progress.onErr("pushed", totalBytes(), Amounts::bytes)) {
            noting = progress::note;
            progress.detail(() -> told(counts));
            for (String file : files) {
                pushFile(file, pusher, progress);
            }
            pusher.finish();
        } catch (PushException ended) {
            failure = String.valueOf(ended.getMessage());
            reached = ended.reached();
        }
        summary(counts, failure);
        if (!failure.isEmpty()) {
            String where = reached ? "" : "cannot reach " + String.join(", ", to) + ": ";
            throw new CommandFailure(
                    reached ? ExitCode.FAILED : ExitCode.UNREACHABLE, where + failure);
        }
        return malformed > 0 && !skipMalformed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Of all files; 0 where that is not known. */
    private long totalBytes() throws IOException {
        long bytes = 0;
        for (String file : files) {
            Path path = Path.of(file);
            if (file.equals("-") || !Files.isRegularFile(path)) {
                return 0;
            }
            bytes += Files.size(path);
        }
        return bytes;
    }

    private void pushFile(String file, Pusher pusher, Progress progress)
            throws IOException, PushException, InterruptedException {
        if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
            throw new CommandFailure(
                    ExitCode.FAILED, file + " is a directory; name files in it, as " + file + "/*");
        }
        try (InputStream in = open(file)) {
            BatchSource source = source(in, file, new BatchLimit(batchRecords, batchBytes));
            Batch batch = source.next();
            while (batch != null) {
                pusher.push(batch);
                progress.done(readBytes);
                batch = source.next();
            }
            malformed += source.malformed();
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(ExitCode.FAILED, "no such file: " + file);
        } catch (AccessDeniedException | ZipException unreadable) {
            throw new CommandFailure(
                    ExitCode.FAILED, "cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    private BatchSource source(InputStream in, String file, BatchLimit limit) {
        return switch (format) {
            case NDJSON -> new LineSource(in, Encoding.NDJSON, !raw, limit, l -> complain(file, l));
            case TEXT -> new LineSource(in, Encoding.TEXT, !raw, limit, l -> complain(file, l));
            case COMBINED, COMMON ->
                    new AccessLogSource(
                            in,
                            AccessLogFormat.named(format.name().toLowerCase(Locale.ROOT)),
                            limit,
                            l -> complain(file, l));
        };
    }

    private InputStream open(String file) throws IOException {
        if (file.equals("-")) {
            return new Counted(System.in);
        }
        InputStream in = new Counted(Files.newInputStream(Path.of(file)));
        return file.endsWith(".gz") ? new GZIPInputStream(in, 64 << 10) : in;
    }

    private void complain(String file, String complaint) {
        complaints++;
        if (complaints <= MAX_COMPLAINTS) {
            noting.accept(file + ": " + complaint);
        } else if (complaints == MAX_COMPLAINTS + 1) {
            noting.accept("more malformed lines are counted and not shown");
        }
    }

    private static String told(ClientCounts counts) {
        return Amounts.count(counts.records()) + " records, " + counts.retries() + " retries";
    }

    private String state(ClientCounts counts) {
        double seconds = seconds();
        return String.format(
                Locale.ROOT,
                "%s records, %s, %s records/s, %s/s, %s batches, %d retries",
                Amounts.count(counts.records()),
                Amounts.bytes(counts.bytes()),
                Amounts.count((long) (counts.records() / seconds)),
                Amounts.bytes((long) (counts.bytes() / seconds)),
                Amounts.count(counts.batches()),
                counts.retries());
    }

    private double seconds() {
        return Math.max(1e-3, (System.nanoTime() - startNs) / 1e9);
    }

    private void summary(ClientCounts counts, String failure) {
        JsonObject result =
                (receipt ? receipts.json() : new JsonObject())
                        .put("repo", repo)
                        .put("records", counts.records())
                        .put("batches", counts.batches())
                        .put("bytes", counts.bytes())
                        .put("duplicates", counts.duplicates())
                        .put("retries", counts.retries())
                        .put("malformed", malformed)
                        .put("seconds", seconds())
                        .put("failure", failure);
        output.show(
                spec.commandLine().getOut(),
                result,
                out ->
                        out.printf(
                                "%s: %s in %s; %d malformed lines left out%n",
                                repo, state(counts), Amounts.seconds(seconds()), malformed));
    }

    /** What batches were answered with. Threading: any thread. */
    private static final class ReceiptList {
        private static final int MAX_KEPT = 10_000;

        private final JsonArray ids = new JsonArray();
        private long leftOut;

        /** Prints it, or keeps it where there is nothing to print on. */
        synchronized void add(PushReceipt each, @Nullable PrintWriter out) {
            if (out != null) {
                out.println(each.id());
            } else if (ids.size() < MAX_KEPT) {
                ids.add(each.id());
            } else {
                leftOut++;
            }
        }

        synchronized JsonObject json() {
            return new JsonObject().put("receipts", ids).put("receipts_left_out", leftOut);
        }
    }

    private RepoName repoName() {
        String fault = RepoName.fault(repo);
        if (!fault.isEmpty()) {
            throw usage("--repo: " + fault);
        }
        return new RepoName(repo);
    }

    /** Counts what is read of the files, before it is unpacked. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            readBytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            readBytes += Math.max(0, read);
            return read;
        }
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
