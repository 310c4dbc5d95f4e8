/**
 * Networks between child processes, which can fall apart.
 *
 * <p>What: a {@link io.penstock.perf.network.Network} gives places to processes: all on the
 * loopback, or each in a network namespace of the kernel, between which the ways are cut and
 * healed.
 *
 * <p>Flow: a place says which addresses and ports a process has, and by what command it is started
 * there; whoever made the network reaches every place, whatever is cut.
 *
 * <p>Threads: a network is confined to one thread; what it made is also removed when the JVM ends.
 *
 * <p>Limits: namespaces take Linux, iproute2 and root; elsewhere they are {@link
 * io.penstock.perf.network.Skipped}. Every command has a deadline. A network of more than some 240
 * places runs out of addresses.
 */
@NullMarked
package io.penstock.perf.network;

import org.jspecify.annotations.NullMarked;
