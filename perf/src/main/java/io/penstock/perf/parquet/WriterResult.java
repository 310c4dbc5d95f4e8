package io.penstock.perf.parquet;

import java.util.List;

/**
 * What one writer did.
 *
 * @param name of the writer
 * @param rowsPerS of each round, sorted
 * @param fileBytes size of the file
 */
public record WriterResult(String name, List<Double> rowsPerS, long fileBytes) {

    /** The middle one. */
    public double median() {
        return rowsPerS.get(rowsPerS.size() / 2);
    }

    /** The least. */
    public double least() {
        return rowsPerS.get(0);
    }

    /** The most. */
    public double most() {
        return rowsPerS.get(rowsPerS.size() - 1);
    }
}
