package io.penstock.cluster.history;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a line: {@code checksum epoch sequence timeMs repo export share from to why}, split
 * by tabs, the checksum the CRC32C of all behind it in hexadecimal. Tabs, line ends and backslashes
 * in texts are written as {@code \t \n \r \\}; no node is an empty text.
 *
 * <p>Threading: any thread.
 */
final class DecisionText {

    private static final int PARTS = 9;

    private DecisionText() {}

    static String line(Decision decision) {
        String text =
                String.join(
                        "\t",
                        String.valueOf(decision.version().epoch()),
                        String.valueOf(decision.version().sequence()),
                        String.valueOf(decision.timeMs()),
                        decision.task().repo().value(),
                        escaped(decision.task().export()),
                        String.valueOf(decision.task().share()),
                        name(decision.from()),
                        name(decision.to()),
                        escaped(decision.why()));
        return checksum(text) + "\t" + text;
    }

    /** The decision of a line; empty when the line is torn, changed or no decision at all. */
    static Optional<Decision> decision(String line) {
        int tab = line.indexOf('\t');
        if (tab < 0 || !line.substring(0, tab).equals(checksum(line.substring(tab + 1)))) {
            return Optional.empty();
        }
        List<String> parts = List.of(line.substring(tab + 1).split("\t", -1));
        if (parts.size() != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Decision(
                            new Version(number(parts, 0), number(parts, 1)),
                            number(parts, 2),
                            new TaskKey(
                                    new RepoName(parts.get(3)),
                                    unescaped(parts.get(4)),
                                    Integer.parseInt(parts.get(5))),
                            node(parts.get(6)),
                            node(parts.get(7)),
                            unescaped(parts.get(8))));
        } catch (IllegalArgumentException e) {
            // whole by its checksum, but not of this build's form: as good as not there
            return Optional.empty();
        }
    }

    private static long number(List<String> parts, int at) {
        return Long.parseLong(parts.get(at));
    }

    private static String name(@Nullable NodeId node) {
        return node == null ? "" : node.value();
    }

    private static @Nullable NodeId node(String name) {
        return name.isEmpty() ? null : new NodeId(name);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                plain.append(
                        switch (c) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> c;
                        });
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
