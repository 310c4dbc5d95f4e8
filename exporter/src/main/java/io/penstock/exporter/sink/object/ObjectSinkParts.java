package io.penstock.exporter.sink.object;

import io.penstock.exporter.objectstore.ObjectStore;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What an object sink works with.
 *
 * <p>Threading: immutable.
 *
 * @param windows where rows are staged
 * @param encoder makes the content of objects
 * @param objects takes them
 * @param keys names them
 * @param loop where the sink lives
 * @param threads where encodes and uploads run
 * @param clock time of day
 * @param freeBytes room left where rows are staged
 * @param counters what others see of it
 * @param mayMove whether another node may have the export when this sink has closed
 */
record ObjectSinkParts(
        WindowFiles.Settings windows,
        WindowEncoder encoder,
        ObjectStore objects,
        ObjectKeys keys,
        SinkLoop loop,
        Executor threads,
        Clock clock,
        LongSupplier freeBytes,
        ObjectSinkCounters counters,
        boolean mayMove) {}
