package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.SinkContext;
import java.nio.file.Path;

/**
 * Names of the files of one export: {@code repo@export-epochms-sequence.format[.gz|.zst]}. The time
 * never goes back from one file to the next, so the order of the names is the order of writing.
 *
 * <p>Threading: immutable.
 */
record FileNames(Path directory, String prefix, String suffix) {

    static FileNames of(FileSinkConfig config, SinkContext context) {
        // '@' stands in no repo name, so that two pairs never share a prefix.
        return new FileNames(
                config.directory().toAbsolutePath().normalize(),
                context.repo() + "@" + context.fileName() + "-",
                config.format().suffix() + config.compression().suffix());
    }

    /** The part file of a sequence number. */
    Path part(long sequence, long openedMs) {
        String name =
                String.format(
                        "%s%013d-%08d%s%s", prefix, openedMs, sequence, suffix, PartFile.SUFFIX);
        return directory.resolve(name);
    }
}
