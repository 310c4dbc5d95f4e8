package io.penstock.exporter.sink.object;

import io.penstock.exporter.parquet.DuckReader;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.contract.SinkContractTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract for the forms in which objects are written. */
class ObjectSinkContractTest {

    abstract static class Contract extends SinkContractTest<ObjectSinkConfig> {
        @TempDir Path directory;
        private final ObjectFormat format;
        private final ObjectCompression compression;

        Contract(ObjectFormat format, ObjectCompression compression) {
            this.format = format;
            this.compression = compression;
        }

        @Override
        protected SinkFactory<ObjectSinkConfig> factory() {
            return new ObjectSinkFactory();
        }

        @Override
        protected ObjectSinkConfig config() {
            return Configs.to(directory)
                    .format(format, compression)
                    .targetBytes(20_000)
                    .maxSealedWindows(64)
                    .build();
        }

        @Override
        protected List<JsonObject> arrived() {
            try (DuckReader duck = new DuckReader()) {
                return Objects.rows(duck, directory, format).stream().map(JsonObject::new).toList();
            } catch (SQLException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
    }

    @Nested
    class Parquet extends Contract {
        Parquet() {
            super(ObjectFormat.PARQUET, ObjectCompression.ZSTD);
        }
    }

    @Nested
    class Ndjson extends Contract {
        Ndjson() {
            super(ObjectFormat.NDJSON, ObjectCompression.GZIP);
        }
    }

    @Nested
    class Csv extends Contract {
        Csv() {
            super(ObjectFormat.CSV, ObjectCompression.NONE);
        }
    }
}
