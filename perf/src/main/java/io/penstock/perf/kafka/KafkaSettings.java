package io.penstock.perf.kafka;

import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code bench kafka} does.
 *
 * @param questions which of them
 * @param records in the ring, and in each topic that is read
 * @param warmupSeconds of work in each round before its window
 * @param seconds length of a window
 * @param rounds windows per side
 * @param cores clients run on the servers' cores, the broker on the loader's
 * @param options options of the clients' JVMs, the same for all
 * @param keys more keys of the gateway's export and sink
 * @param directory room for everything; what is made there is removed
 */
public record KafkaSettings(
        Set<Question> questions,
        long records,
        double warmupSeconds,
        double seconds,
        int rounds,
        Cores cores,
        JvmOptions options,
        Keys keys,
        Path directory) {

    /**
     * What is set beside the defaults.
     *
     * @param export keys of the export, each as {@code name: value} in YAML
     * @param sink the same of its kafka sink
     */
    public record Keys(List<String> export, List<String> sink) {
        /** Everything at its default. */
        public static final Keys NONE = new Keys(List.of(), List.of());

        /** The lists are fixed. */
        public Keys {
            export = List.copyOf(export);
            sink = List.copyOf(sink);
        }

        static String more(List<String> keys) {
            return keys.isEmpty() ? "" : ", " + String.join(", ", keys);
        }
    }

    /** What is measured. */
    public enum Question {
        /** A ring full of lines of text to a topic, against ProducerPerformance. */
        SINK,
        /** The same lines made out of records with a dozen fields each. */
        JSON,
        /** A topic to a topic, against a loop over poll and send. */
        COPY,
        /** A topic to Parquet files, against nothing. */
        PARQUET
    }

    /** The set is fixed. */
    public KafkaSettings {
        questions = Set.copyOf(questions);
    }
}
