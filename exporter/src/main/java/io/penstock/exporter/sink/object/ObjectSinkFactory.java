package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.DirectoryStore;
import io.penstock.exporter.objectstore.ObjectStore;
import io.penstock.exporter.objectstore.s3.S3Store;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.sink.Keeping;
import io.penstock.exporter.sink.Sink;
import io.penstock.exporter.sink.SinkContext;
import io.penstock.exporter.sink.SinkFactory;
import io.penstock.exporter.sink.journal.Journal;
import io.penstock.exporter.storage.DiskStorage;
import io.penstock.exporter.storage.Storage;
import java.io.IOException;

/** Makes sinks of the type {@code object}. */
public final class ObjectSinkFactory implements SinkFactory<ObjectSinkConfig> {

    @Override
    public String type() {
        return "object";
    }

    @Override
    public Class<ObjectSinkConfig> configType() {
        return ObjectSinkConfig.class;
    }

    @Override
    public Capabilities capabilities(ObjectSinkConfig config) {
        return new Capabilities(true, false, true);
    }

    @Override
    public Keeping keeps(ObjectSinkConfig config) {
        return Keeping.RECORDS;
    }

    @Override
    public Sink create(ObjectSinkConfig config, SinkContext context) {
        Storage storage = new DiskStorage();
        WindowEncoder encoder =
                new WindowEncoder(
                        storage, config.format(), config.compression(), config.rowGroupBytes());
        SinkLoop loop =
                new SinkLoop.OfContext(context.vertx(), context.vertx().getOrCreateContext());
        ObjectSink sink =
                new ObjectSink(
                        config,
                        new ObjectSinkParts(
                                new WindowFiles.Settings(
                                        storage,
                                        context.stateDirectory(),
                                        true,
                                        Journal.IDS_PER_GENERATION),
                                encoder,
                                objects(config, storage, context),
                                ObjectKeys.of(
                                        config.prefix(),
                                        context.repo().toString(),
                                        context.fileName(),
                                        encoder.suffix()),
                                loop,
                                EncodeDesk.OF_THIS_NODE.threads(),
                                context.clock(),
                                context.stateDirectory().toFile()::getUsableSpace,
                                ObjectSinks.open(context.repo(), context.export()),
                                context.mayMove()));
        sink.start();
        return sink;
    }

    private static ObjectStore objects(
            ObjectSinkConfig config, Storage storage, SinkContext context) {
        if (!config.bucket().isEmpty()) {
            return new S3Store(config.s3(), config.bucket(), storage, context.stateDirectory());
        }
        try {
            storage.createDirectories(config.directory());
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    "target: cannot be made: " + failed.getMessage(), failed);
        }
        return new DirectoryStore(storage, config.directory());
    }
}
