/**
 * The sink that takes everything and keeps nothing.
 *
 * <p><b>What.</b> For measuring what the way to a sink costs, and for repos whose records nobody
 * wants yet. With {@code decode: true} every value is visited, as a sink that looks inside would.
 *
 * <p><b>Flow.</b> In: deliveries. Out: nothing.
 *
 * <p><b>Threads.</b> Runs on its context's event loop; answers at once.
 *
 * <p><b>Limits.</b> None of its own.
 */
@NullMarked
package io.penstock.exporter.sink.blackhole;

import org.jspecify.annotations.NullMarked;
