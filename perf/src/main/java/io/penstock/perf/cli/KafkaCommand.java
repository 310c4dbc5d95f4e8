package io.penstock.perf.cli;

import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.terminal.LiveLine;
import io.penstock.gateway.terminal.TextTable;
import io.penstock.perf.kafka.KafkaBench;
import io.penstock.perf.kafka.KafkaRound;
import io.penstock.perf.kafka.KafkaSettings;
import io.penstock.perf.kafka.KafkaSettings.Question;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock bench kafka}. */
@Command(
        name = "kafka",
        description =
                "Ring to Kafka, Kafka to Kafka, Kafka to Parquet, beside Kafka's own clients.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KafkaCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RoundsOption load;

    @Option(
            names = "--question",
            split = ",",
            defaultValue = "SINK,JSON,COPY,PARQUET",
            description = "SINK, JSON, COPY, PARQUET; default: ${DEFAULT-VALUE}.")
    private List<Question> questions;

    @Option(
            names = "--records",
            defaultValue = "10000000",
            description =
                    "Records in the ring and in each topic that is read; enough for a warm-up and a"
                            + " window. Default: ${DEFAULT-VALUE}.")
    private long records;

    @Option(
            names = "--client-cpus",
            paramLabel = "LIST",
            defaultValue = "",
            description = "CPUs of gateway and peer, as taskset takes them; default: any.")
    private String clientCpus;

    @Option(
            names = "--broker-cpus",
            paramLabel = "LIST",
            defaultValue = "",
            description = "CPUs of the broker; default: any.")
    private String brokerCpus;

    @Option(
            names = "--export-key",
            paramLabel = "'NAME: VALUE'",
            description = "One more key of the gateway's export, in YAML; repeatable.")
    private final List<String> exportKeys = new ArrayList<>();

    @Option(
            names = "--sink-key",
            paramLabel = "'NAME: VALUE'",
            description = "One more key of its kafka sink, in YAML; repeatable.")
    private final List<String> sinkKeys = new ArrayList<>();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".penstock/bench",
            description = "Room for rings, topics and files; default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        KafkaSettings settings =
                new KafkaSettings(
                        EnumSet.copyOf(questions),
                        records,
                        load.warmup(),
                        load.seconds(),
                        load.rounds(),
                        new Cores(clientCpus, brokerCpus),
                        JvmOptions.launcher(),
                        new KafkaSettings.Keys(exportKeys, sinkKeys),
                        directory);
        List<KafkaRound> results = new KafkaBench(settings, LiveLine.onErr()).run();
        PrintWriter out = spec.commandLine().getOut();
        table(results).print(out);
        out.println();
        for (Question question : Question.values()) {
            ratios(of(results, question), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private static List<KafkaRound> of(List<KafkaRound> rounds, Question question) {
        return rounds.stream().filter(each -> each.question() == question).toList();
    }

    private static TextTable table(List<KafkaRound> results) {
        TextTable table =
                new TextTable(
                        "question",
                        "side",
                        "records/s",
                        "CPU us/record",
                        "cores used",
                        "of the broker",
                        "of others");
        for (KafkaRound round : results) {
            table.row(
                    round.question().toString(),
                    round.side(),
                    number("%,.0f", round.recordsPerS()),
                    number("%.2f", round.cpuUsPerRecord()),
                    number("%.2f", round.cpuSeconds() / round.seconds()),
                    number("%.2f", round.brokerSeconds() / round.seconds()),
                    number("%.2f", round.foreignSeconds() / round.seconds()));
        }
        return table;
    }

    private static void ratios(List<KafkaRound> rounds, PrintWriter out) {
        List<KafkaRound> ours = new ArrayList<>(rounds);
        ours.removeIf(each -> !each.side().equals(KafkaBench.OURS));
        List<KafkaRound> peers = new ArrayList<>(rounds);
        peers.removeAll(ours);
        if (ours.isEmpty() || ours.size() != peers.size()) {
            return;
        }
        out.println(
                ours.get(0).question()
                        + ": records/s "
                        + ratio(ours, peers, KafkaRound::recordsPerS)
                        + " of "
                        + peers.get(0).side()
                        + ", CPU per record "
                        + ratio(ours, peers, KafkaRound::cpuUsPerRecord));
    }

    /** The median of the ratios of the rounds, and their range. */
    private static String ratio(
            List<KafkaRound> ours, List<KafkaRound> peers, ToDoubleFunction<KafkaRound> number) {
        double[] ratios =
                IntStream.range(0, ours.size())
                        .mapToDouble(
                                i ->
                                        number.applyAsDouble(ours.get(i))
                                                / number.applyAsDouble(peers.get(i)))
                        .sorted()
                        .toArray();
        return String.format(
                Locale.ROOT,
                "%.2f [%.2f-%.2f]",
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
