/**
 * What: the floor: a Vert.x server that speaks the gateway's protocols, takes the same batches,
 * drops them and answers. What it costs is what the transport costs; the gateway is measured
 * against it.
 *
 * <p>Flow: started as a child process by the harness; says where it listens on standard output.
 *
 * <p>Threads: event loops only, as many as the process has cores.
 *
 * <p>Limits: messages of 64 MiB. Nothing is kept.
 */
@NullMarked
package io.penstock.perf.floor;

import org.jspecify.annotations.NullMarked;
