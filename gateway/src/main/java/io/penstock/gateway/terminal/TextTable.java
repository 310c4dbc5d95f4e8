package io.penstock.gateway.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns, as wide as their widest cell; numbers to the right, words to the left.
 *
 * <p>Threading: confined to one thread.
 */
public final class TextTable {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these heads. */
    public TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row; one cell per head. */
    public TextTable row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + heads);
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Writes it, heads first. */
    public void print(PrintStream out) {
        lines().forEach(out::println);
    }

    /** Writes it, heads first. */
    public void print(PrintWriter out) {
        lines().forEach(out::println);
    }

    private List<String> lines() {
        int[] widths = heads.stream().mapToInt(String::length).toArray();
        boolean[] words = new boolean[widths.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
                words[i] |= !isNumber(row.get(i));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths, words));
        rows.forEach(row -> lines.add(line(row, widths, words)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths, boolean[] words) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(words[i] ? cells.get(i) + padding : padding + cells.get(i));
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty()
                || cell.equals("-")
                || cell.matches("-?[0-9][0-9,.]*( ?([KMGTP]i?)?B(/s)?| ?[a-zµ]?s| ?%)?");
    }
}
