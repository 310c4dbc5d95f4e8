package io.penstock.exporter.parquet;

import java.util.Arrays;

/**
 * Where the pages of a column chunk begin: row, value, and byte of the values that lie in bytes.
 * Always has the first page.
 *
 * <p>Threading: confined to one thread.
 */
final class PageCuts {

    private int[] rows = new int[4];
    private int[] values = new int[4];
    private int[] offsets = new int[4];
    private int count = 1;

    void reset() {
        count = 1;
    }

    /** A page begins here; nothing when the last one does. */
    void cut(int row, int value, int offset) {
        if (values[count - 1] == value) {
            offsets[count - 1] = offset;
            return;
        }
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
            values = Arrays.copyOf(values, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        rows[count] = row;
        values[count] = value;
        offsets[count++] = offset;
    }

    int pages() {
        return count;
    }

    int row(int page) {
        return rows[page];
    }

    int value(int page) {
        return values[page];
    }

    int offset(int page) {
        return offsets[page];
    }

    /** First row behind a page, of {@code all} rows. */
    int endRow(int page, int all) {
        return page + 1 < count ? rows[page + 1] : all;
    }

    /** First value behind a page, of {@code all} values. */
    int endValue(int page, int all) {
        return page + 1 < count ? values[page + 1] : all;
    }

    /** First byte behind a page, of {@code all} bytes. */
    int endOffset(int page, int all) {
        return page + 1 < count ? offsets[page + 1] : all;
    }

    int lastRow() {
        return rows[count - 1];
    }

    int lastOffset() {
        return offsets[count - 1];
    }
}
