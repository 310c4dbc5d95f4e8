/**
 * What this machine does.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.machine.MachineProbe} reads CPU, memory, network and
 * disk from Linux's {@code /proc}.
 *
 * <p><b>Flow.</b> A few small files in, a {@link io.penstock.cluster.member.MachineUse} out, at
 * every heartbeat.
 *
 * <p><b>Threads.</b> Confined to one thread, never an event loop: files are read.
 *
 * <p><b>Limits.</b> Of each file the first 64 KiB are read. Elsewhere than on Linux, everything is
 * 0.
 */
@NullMarked
package io.penstock.cluster.machine;

import org.jspecify.annotations.NullMarked;
