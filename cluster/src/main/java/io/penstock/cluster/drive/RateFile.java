package io.penstock.cluster.drive;

import io.penstock.cluster.forecast.RateCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a voter keeps the rates that it learnt, over its restarts. Losing them costs a week of
 * forecasts and nothing else: so it is written without being forced, and what is damaged is told
 * and left alone.
 *
 * <p>Threading: one thread at a time; blocks.
 */
final class RateFile {
    private static final Logger LOG = LoggerFactory.getLogger(RateFile.class);

    private final Path path;

    RateFile(Path path) {
        this.path = path;
    }

    Map<String, float[]> load() {
        try {
            return Files.exists(path) ? RateCodec.decode(Files.readAllBytes(path)) : Map.of();
        } catch (IOException unusable) {
            LOG.warn("cluster: {} is not used: {}", path, unusable.getMessage());
            return Map.of();
        }
    }

    void save(Map<String, float[]> histories) {
        Path beside = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.write(beside, RateCodec.encode(histories));
            Files.move(
                    beside,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.warn("cluster: the rates that were learnt are not kept: {}", full.toString());
        }
    }
}
