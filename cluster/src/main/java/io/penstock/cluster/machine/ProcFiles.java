package io.penstock.cluster.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of {@code /proc} that count, as numbers; see proc(5) for their forms. What is missing
 * or of another form counts as 0.
 *
 * <p>Threading: any thread; every method blocks.
 */
final class ProcFiles {
    private static final int MOST_BYTES = 64 << 10;
    private static final int SECTOR_BYTES = 512;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Partitions, and devices that hand on to others: their bytes would count twice. */
    private static final Pattern NO_DISK =
            Pattern.compile(
                    "(loop|ram|zram|dm-|md|sr).*|(sd|vd|xvd|hd)[a-z]+[0-9]+|.*[0-9]p[0-9]+");

    private final Path proc;

    ProcFiles(Path proc) {
        this.proc = proc;
    }

    /** Ticks of all cores: those that were busy, and all. */
    record Cpu(long busy, long all) {}

    Cpu cpu() {
        for (String line : lines("stat")) {
            String[] words = SPACES.split(line, -1);
            if (words[0].equals("cpu") && words.length > 8) {
                long idle = number(words[4]) + number(words[5]);
                long all = Arrays.stream(words, 1, 9).mapToLong(ProcFiles::number).sum();
                return new Cpu(all - idle, all);
            }
        }
        return new Cpu(0, 0);
    }

    /** Ticks of this process, in user and system mode. */
    long processTicks() {
        String all = String.join(" ", lines("self/stat"));
        // the name, in parentheses, may hold anything
        String[] words = SPACES.split(all.substring(all.lastIndexOf(')') + 1).strip(), -1);
        return words.length > 12 ? number(words[11]) + number(words[12]) : 0;
    }

    /** Bytes behind a word of {@code meminfo} or {@code self/status}. */
    long bytes(String file, String word) {
        for (String line : lines(file)) {
            String[] words = SPACES.split(line, -1);
            if (words[0].equals(word) && words.length > 1) {
                return number(words[1]) << 10;
            }
        }
        return 0;
    }

    long networkBytes() {
        long sum = 0;
        for (String line : lines("net/dev")) {
            String[] halves = line.split(":", 2);
            if (halves.length == 2 && !halves[0].strip().equals("lo")) {
                String[] words = SPACES.split(halves[1].strip(), -1);
                sum += words.length > 8 ? number(words[0]) + number(words[8]) : 0;
            }
        }
        return sum;
    }

    long diskBytes() {
        long sectors = 0;
        for (String line : lines("diskstats")) {
            String[] words = SPACES.split(line.strip(), -1);
            if (words.length > 9 && !NO_DISK.matcher(words[2]).matches()) {
                sectors += number(words[5]) + number(words[9]);
            }
        }
        return sectors * SECTOR_BYTES;
    }

    private List<String> lines(String file) {
        try (InputStream in = Files.newInputStream(proc.resolve(file))) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException notThere) { // another system than Linux, or a stricter one
            return List.of();
        }
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException notOne) {
            return 0;
        }
    }
}
