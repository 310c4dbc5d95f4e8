package io.penstock.perf.parquet;

import io.penstock.gateway.terminal.LiveLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Has each writer write the same rows, in turn, round by round. Every file must hold the same rows,
 * or the bench fails.
 */
public final class ParquetBench {

    private final Path directory;
    private final int rows;
    private final int warmups;
    private final int rounds;
    private final LiveLine line;

    /**
     * A bench.
     *
     * @param directory room for the files; what it makes there is removed
     * @param rows how many
     * @param warmups rounds that do not count
     * @param rounds rounds that do
     */
    public ParquetBench(Path directory, int rows, int warmups, int rounds, LiveLine line) {
        this.directory = directory;
        this.rows = rows;
        this.warmups = warmups;
        this.rounds = rounds;
        this.line = line;
    }

    /** Runs it. Answers our writer first. */
    public List<WriterResult> run() throws IOException, SQLException {
        Path room = Files.createTempDirectory(Files.createDirectories(directory), "parquet-");
        Path file = room.resolve("out.parquet");
        line.show("making " + rows + " rows");
        AccessLogRows input = AccessLogRows.make(room, rows);
        try (Duck duck = new Duck(input)) {
            duck.load();
            List<ParquetWriterSide> sides =
                    List.of(
                            new OurWriter(input),
                            new StagedWriter(input),
                            new ExampleWriter(input),
                            duck.fromText(),
                            duck.fromTable());
            List<List<Double>> speeds = new ArrayList<>();
            long[] sizes = new long[sides.size()];
            sides.forEach(side -> speeds.add(new ArrayList<>()));
            String digest = "";
            for (int round = -warmups; round < rounds; round++) {
                for (int i = 0; i < sides.size(); i++) {
                    line.show("round " + (round + 1) + ": " + sides.get(i).name());
                    double seconds = seconds(sides.get(i), file);
                    sizes[i] = Files.size(file);
                    if (round >= 0) {
                        speeds.get(i).add(rows / seconds);
                    }
                    digest = same(digest, duck.digest(file), sides.get(i));
                }
            }
            return results(sides, speeds, sizes);
        } finally {
            line.clear();
            for (Path each : List.of(file, input.batches(), input.text(), room)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static double seconds(ParquetWriterSide side, Path file)
            throws IOException, SQLException {
        Files.deleteIfExists(file);
        long start = System.nanoTime();
        side.write(file);
        return (System.nanoTime() - start) / 1e9;
    }

    private static String same(String before, String now, ParquetWriterSide side)
            throws IOException {
        if (!before.isEmpty() && !before.equals(now)) {
            throw new IOException(side.name() + " wrote other rows: " + now + ", not " + before);
        }
        return now;
    }

    private static List<WriterResult> results(
            List<ParquetWriterSide> sides, List<List<Double>> speeds, long[] sizes) {
        List<WriterResult> results = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            List<Double> sorted = speeds.get(i).stream().sorted().toList();
            results.add(new WriterResult(sides.get(i).name(), sorted, sizes[i]));
        }
        return results;
    }
}
