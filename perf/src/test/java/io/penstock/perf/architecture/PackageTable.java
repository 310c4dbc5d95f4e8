package io.penstock.perf.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of packages as docs/architecture.md states it: {@code | package | holds | may import
 * (ours) | may import (foreign) |}. Names are relative to {@code io.penstock}; {@code *} in the
 * third column means all of ours.
 */
record PackageTable(Map<String, Row> rows) {

    private static final String ROOT = "io.penstock.";
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9.]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|");

    /** One package: what it may import, as full package names and as names of foreign libraries. */
    record Row(Set<String> ours, boolean everyOfOurs, Set<String> foreign) {}

    static PackageTable read(Path page) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> ours = new TreeSet<>();
                words(row.group(3)).stream().map(w -> ROOT + w).forEach(ours::add);
                boolean every = row.group(3).strip().equals("*");
                rows.put(
                        ROOT + row.group(1),
                        new Row(ours, every, new TreeSet<>(words(row.group(4)))));
            }
        }
        return new PackageTable(rows);
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.replace("`", "").split("[, ]+", -1))
                .filter(w -> !w.isEmpty() && !w.equals("-") && !w.equals("*"))
                .toList();
    }
}
