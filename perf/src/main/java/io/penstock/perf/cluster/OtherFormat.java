package io.penstock.perf.cluster;

import io.penstock.perf.network.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Our class with the terms of a cluster, changed to state the next format: all that a version of
 * Penstock with other messages has to differ in until it is refused.
 *
 * <p>The class makes its terms in one place, by {@code new}, {@code dup} and the format as a small
 * constant. Those instructions are the bytes 0xbb with two of an index, 0x59, and 0x03 to 0x07 for
 * 0 to 4 (Java Virtual Machine Specification, section 6.5); the constant is put up by one.
 */
final class OtherFormat {
    private static final String PACKAGE = "io/penstock/cluster/member";
    private static final String TERMS = "ClusterTerms.class";
    private static final int NEW = 0xbb;
    private static final int DUP = 0x59;
    private static final int CONST_0 = 0x03;
    private static final int CONST_4 = 0x07;

    private OtherFormat() {}

    /** Writes that class under a directory, to be put before others on a class path. */
    static Path write(Path directory) throws IOException, Skipped {
        byte[] terms;
        String name = "/" + PACKAGE + "/" + TERMS;
        try (InputStream ours = OtherFormat.class.getResourceAsStream(name)) {
            if (ours == null) {
                throw new Skipped("there is no " + name);
            }
            terms = ours.readAllBytes();
        }
        terms[constant(terms)]++;
        Path folder = directory.resolve(PACKAGE);
        Files.createDirectories(folder);
        Files.write(folder.resolve(TERMS), terms);
        return directory;
    }

    private static int constant(byte[] code) throws Skipped {
        int found = -1;
        for (int i = 0; i + 4 < code.length; i++) {
            boolean made = (code[i] & 0xff) == NEW && code[i + 3] == DUP;
            if (made && code[i + 4] >= CONST_0 && code[i + 4] < CONST_4) {
                if (found >= 0) {
                    throw new Skipped("the terms are made in more than one place");
                }
                found = i + 4;
            }
        }
        if (found < 0) {
            throw new Skipped("the terms do not state their format as expected");
        }
        return found;
    }
}
