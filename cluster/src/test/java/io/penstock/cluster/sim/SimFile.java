package io.penstock.cluster.sim;

import io.penstock.cluster.election.VoterFile;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A file of a node that survives its crashes, on a disk that may be full. */
final class SimFile implements VoterFile {
    private final BooleanSupplier isDiskFull;
    private byte @Nullable [] content;

    SimFile(BooleanSupplier isDiskFull) {
        this.isDiskFull = isDiskFull;
    }

    void lose() {
        content = null;
    }

    @Override
    public byte @Nullable [] read() {
        return content;
    }

    @Override
    public void write(byte[] newer) throws IOException {
        if (isDiskFull.getAsBoolean()) {
            throw new IOException("no space");
        }
        content = newer.clone();
    }
}
