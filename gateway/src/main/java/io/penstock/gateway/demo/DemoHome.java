package io.penstock.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a demo keeps its things. Emptied before each run, but only of what a demo has made: the
 * mark says so.
 *
 * <pre>
 *   .penstock-demo   the mark
 *   data/            data directory of the gateway
 *   export/          files that it delivers
 * </pre>
 */
record DemoHome(Path root) {
    private static final String MARK = ".penstock-demo";

    Path data() {
        return root.resolve("data");
    }

    Path export() {
        return root.resolve("export");
    }

    /**
     * Makes the directory, or empties the one of an earlier demo.
     *
     * @throws IOException when it cannot, or when the directory holds something else
     */
    void prepare() throws IOException {
        Files.createDirectories(root);
        Path mark = root.resolve(MARK);
        if (Files.exists(mark)) {
            delete(data());
            delete(export());
        } else if (!isEmpty()) {
            throw new IOException(
                    root + " holds something that is not of a demo; name an empty directory");
        } else {
            Files.createFile(mark);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> bottomUp;
        try (Stream<Path> all = Files.walk(tree)) {
            bottomUp = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : bottomUp) {
            Files.delete(path);
        }
    }
}
