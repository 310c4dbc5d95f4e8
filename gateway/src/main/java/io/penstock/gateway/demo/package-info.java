/**
 * The demo: a whole gateway with data flowing, to be watched.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.demo.Demo} runs a gateway in this process, pushes
 * made-up access-log records to it over a real gRPC connection, and has them delivered to files and
 * to {@code Receiver}, a small HTTP server of its own.
 *
 * <p><b>Flow.</b> {@code Feeder} - gRPC - gateway - file, http - {@code Receiver}. A live line
 * shows what flows; the ledger at the end says what became of it.
 *
 * <p><b>Threads.</b> The main thread feeds; a second one draws; the gateway has its own.
 *
 * <p><b>Limits.</b> Runs until its time is up or Ctrl-C. Each run begins with an empty directory.
 */
@NullMarked
package io.penstock.gateway.demo;

import org.jspecify.annotations.NullMarked;
