package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the files in a directory of tables: {@code assignments-<epoch>-<sequence>.table}, both
 * with 19 digits, so that the order of names is the order of versions.
 *
 * <p>Threading: any thread.
 */
final class TableFileName {

    /** What is being written; never read. */
    static final String UNFINISHED = "assignments.tmp";

    /** Held by the process that saves. */
    static final String LOCK = "assignments.lock";

    /** Ends the name of a file that was put aside. */
    static final String ASIDE = ".aside";

    private static final Pattern FORM =
            Pattern.compile("assignments-([0-9]{19})-([0-9]{19})\\.table");

    private TableFileName() {}

    static String of(Version version) {
        return "assignments-%019d-%019d.table".formatted(version.epoch(), version.sequence());
    }

    /** The version in a file's name; empty when it is another kind of file. */
    static Optional<Version> version(Path file) {
        Matcher form = FORM.matcher(file.getFileName().toString());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Version(Long.parseLong(form.group(1)), Long.parseLong(form.group(2))));
        } catch (NumberFormatException e) {
            // 19 digits may be more than a long: no file of ours
            return Optional.empty();
        }
    }

    static boolean isAside(Path file) {
        return file.getFileName().toString().endsWith(ASIDE);
    }
}
