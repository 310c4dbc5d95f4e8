package io.penstock.exporter.sink.file;

import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.body.BodyFormat;
import io.penstock.exporter.sink.body.Compression;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract for each form in which files are written. */
class FileSinkContractTest {

    abstract static class Contract extends SinkContractTest<FileSinkConfig> {
        @TempDir Path directory;
        private final BodyFormat format;
        private final Compression compression;
        private final FsyncPolicy fsync;

        Contract(BodyFormat format, Compression compression, FsyncPolicy fsync) {
            this.format = format;
            this.compression = compression;
            this.fsync = fsync;
        }

        @Override
        protected SinkFactory<FileSinkConfig> factory() {
            return new FileSinkFactory();
        }

        @Override
        protected FileSinkConfig config() {
            return new FileSinkConfig(
                    directory, format, "", compression, 20_000, 60_000, fsync, true);
        }

        @Override
        protected List<JsonObject> arrived() {
            return Published.records(directory, format, compression);
        }
    }

    @Nested
    class Ndjson extends Contract {
        Ndjson() {
            super(BodyFormat.NDJSON, Compression.NONE, FsyncPolicy.DELIVERY);
        }
    }

    @Nested
    class NdjsonGzip extends Contract {
        NdjsonGzip() {
            super(BodyFormat.NDJSON, Compression.GZIP, FsyncPolicy.ROLL);
        }
    }

    @Nested
    class NdjsonZstd extends Contract {
        NdjsonZstd() {
            super(BodyFormat.NDJSON, Compression.ZSTD, FsyncPolicy.NEVER);
        }
    }

    @Nested
    class Protobuf extends Contract {
        Protobuf() {
            super(BodyFormat.PROTOBUF, Compression.NONE, FsyncPolicy.NEVER);
        }
    }
}
