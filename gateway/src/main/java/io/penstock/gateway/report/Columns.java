package io.penstock.gateway.report;

import io.penstock.gateway.report.Page.Section;
import java.util.List;

/** Which columns of a table are numbers. */
final class Columns {
    private static final String NUMBER =
            "[-+]?[0-9][0-9,.]*( ?(%|[KMGTP]i?B|B)(/s)?| (ms|s|min|h))?|-|same|new";

    private Columns() {}

    static boolean[] numbers(Section section) {
        boolean[] numbers = new boolean[section.heads().size()];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = true;
            for (List<String> row : section.rows()) {
                numbers[i] &= row.get(i).matches(NUMBER);
            }
        }
        return numbers;
    }
}
