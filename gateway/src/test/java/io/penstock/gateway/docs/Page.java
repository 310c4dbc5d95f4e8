package io.penstock.gateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the project and its fenced blocks.
 *
 * <ul>
 *   <li>{@code sh}: run as it stands;
 *   <li>{@code text} right behind one of them: what it says, line by line;
 *   <li>with a name behind the language ({@code yaml gateway.yaml}): the content of a file, there
 *       for the shell of the blocks behind it;
 *   <li>any other: for eyes.
 * </ul>
 *
 * @param path from the root of the project
 */
record Page(String path, String text, List<Block> blocks) {
    /** The root of the project. */
    static final Path ROOT = Path.of("..");

    private static final Pattern FENCE =
            Pattern.compile("(?ms)^```(\\S+)(?: (\\S+))?\\n(.*?)^```$");

    /**
     * A block.
     *
     * @param line of the page, from 1
     * @param name of a file, or empty
     */
    record Block(int line, String language, String name, String content) {
        boolean isShell() {
            return language.equals("sh") && name.isEmpty();
        }

        boolean isOutput() {
            return language.equals("text") && name.isEmpty();
        }

        boolean isFile() {
            return !name.isEmpty() && !language.equals("sh");
        }
    }

    /** README.md and everything under docs. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        pages.add(read(ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .sorted()
                            .collect(Collectors.toList());
            for (Path file : found) {
                pages.add(read(file));
            }
        }
        return pages;
    }

    private static Page read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            int line = 1 + (int) text.substring(0, fence.start()).lines().count();
            blocks.add(
                    new Block(
                            line,
                            fence.group(1),
                            Objects.requireNonNullElse(fence.group(2), ""),
                            fence.group(3)));
        }
        return new Page(ROOT.relativize(file).toString(), text, blocks);
    }

    /** Whether there is anything to run. */
    boolean hasShell() {
        return blocks.stream().anyMatch(Block::isShell);
    }

    @Override
    public String toString() {
        return path;
    }
}
