package io.penstock.exporter.sink.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a directory needs that {@code Files} does not have. */
final class Directories {

    private Directories() {}

    /** Forces names made, moved and removed in a directory to the disk, when that is wished. */
    static void force(Path directory, boolean wished) throws IOException {
        if (!wished) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
