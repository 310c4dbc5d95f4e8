package io.penstock.gateway.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns, as wide as their widest cell; numbers to the right, words to the left.
 *
 * <p>Threading: confined to one thread.
 */
public final class TextTable {
    /** Between columns, where there is room. */
    private static final int GAP = 2;

    /** A column of words is made so narrow before others are left out. */
    private static final int WORD = 12;

    private static final int LEAST_WORD = 4;

    private final List<String> heads;
    private final List<String> spare = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private int[] natural = {};
    private int[] widths = {};
    private int gap = GAP;
    private boolean[] words = {};
    private boolean[] shown = {};

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

    /** Columns that are left out where there is no room for all, the last one first. */
    public TextTable ifRoom(String... columns) {
        spare.addAll(List.of(columns));
        return this;
    }

    /** Writes it, heads first, as wide as the terminal at the most. */
    public void print(PrintStream out) {
        explained(Terminal.tableColumns()).forEach(out::println);
    }

    /** Writes it, heads first, as wide as the terminal at the most. */
    public void print(PrintWriter out) {
        explained(Terminal.tableColumns()).forEach(out::println);
    }

    /** The lines, then which columns there was no room for. */
    List<String> explained(int columns) {
        List<String> lines = lines(columns);
        List<String> dropped = spare.stream().filter(head -> !shown[heads.indexOf(head)]).toList();
        if (!dropped.isEmpty()) {
            lines.add("(no room for " + String.join(", ", dropped) + ")");
        }
        return lines;
    }

    /** The lines, heads first, none wider than so many columns where that can be. */
    public List<String> lines(int columns) {
        measure();
        boolean fits = fit(columns, WORD);
        for (int i = spare.size() - 1; i >= 0 && !fits; i--) {
            shown[heads.indexOf(spare.get(i))] = false;
            fits = fit(columns, WORD);
        }
        if (!fits) {
            fit(columns, LEAST_WORD);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(heads));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private void measure() {
        natural = heads.stream().mapToInt(String::length).toArray();
        words = new boolean[natural.length];
        shown = new boolean[natural.length];
        Arrays.fill(shown, true);
        for (List<String> row : rows) {
            for (int i = 0; i < natural.length; i++) {
                natural[i] = Math.max(natural[i], row.get(i).length());
                words[i] |= !isNumber(row.get(i));
            }
        }
    }

    /** Columns move together before anything is left out. */
    private boolean fit(int columns, int least) {
        gap = GAP;
        boolean fits = shrink(columns, least);
        if (!fits) {
            gap = 1;
            fits = shrink(columns, least);
        }
        return fits;
    }

    /** Makes columns of words narrower, the widest first; numbers are not cut. */
    private boolean shrink(int columns, int least) {
        widths = natural.clone();
        int over = width() - columns;
        while (over > 0) {
            int widest = widestWords(least);
            if (widest < 0) {
                return false;
            }
            widths[widest]--;
            over--;
        }
        return true;
    }

    private int width() {
        int width = -gap;
        for (int i = 0; i < widths.length; i++) {
            width += shown[i] ? widths[i] + gap : 0;
        }
        return width;
    }

    private int widestWords(int least) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean wider = widest < 0 || widths[i] > widths[widest];
            if (shown[i] && words[i] && widths[i] > least && wider) {
                widest = i;
            }
        }
        return widest;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            if (shown[i]) {
                line.append(" ".repeat(line.isEmpty() ? 0 : gap)).append(cell(cells.get(i), i));
            }
        }
        return line.toString().stripTrailing();
    }

    private String cell(String cell, int column) {
        int width = widths[column];
        if (cell.length() > width) {
            return cell.substring(0, width - 1) + "…";
        }
        String padding = " ".repeat(width - cell.length());
        return words[column] ? cell + padding : padding + cell;
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty()
                || cell.equals("-")
                || cell.matches("-?[0-9][0-9,.]*( ?([KMGTP]i?)?B(/s)?| ?[a-zµ]?s| ?%)?");
    }
}
