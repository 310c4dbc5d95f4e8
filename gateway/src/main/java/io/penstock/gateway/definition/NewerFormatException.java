package io.penstock.gateway.definition;

import java.io.IOException;
import java.nio.file.Path;

/** A file of definitions was written by a later version, which knows what it means. */
public final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(Path file, int format) {
        super(
                file
                        + ": is of format "
                        + format
                        + ", this version knows up to "
                        + DefinitionFile.FORMAT
                        + "; run the version that wrote it, or move the file away and lose the"
                        + " exports made by request");
    }
}
