package io.penstock.cluster.sizing;

import io.penstock.cluster.task.Units;

/**
 * What a task of some rate needs: so much whatever it does, and so much by the byte.
 *
 * <p>Threading: immutable.
 *
 * @param idle what a task needs that does nothing
 * @param perUnit what 10 MB/s need
 */
public record NeedModel(Units idle, Units perUnit) {

    /**
     * A sink that decodes: 10 MB/s take a twentieth of a core, come in and go out once, and are
     * staged once; buffers take 64 MiB.
     */
    public static final NeedModel DEFAULT =
            new NeedModel(new Units(0.01, 0.0625, 0, 0), new Units(0.05, 0, 2, 1));

    /** The need at a rate. */
    public Units of(double bytesPerS) {
        return idle.plus(perUnit.times(bytesPerS / Units.BYTES_PER_S));
    }
}
