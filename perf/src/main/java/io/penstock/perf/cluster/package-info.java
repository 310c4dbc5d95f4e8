/**
 * Real gateways that are a cluster, broken on purpose, and what came of it.
 *
 * <p>What: {@link io.penstock.perf.cluster.ClusterTrials} runs scenarios. Each starts gateways in
 * JVMs of their own, pushes numbered records to all of them, breaks something, mends it, waits
 * until everything is delivered, and judges: each acknowledged record arrived, none under two
 * delivery ids, every ledger balances, no push was refused by a node that stayed, no task ran on
 * two nodes at once, and the tasks of a dead node ran elsewhere in time.
 *
 * <p>Flow: producers push to nodes, and again under the same sequence until they are acknowledged;
 * the nodes export to a target in this process, which keeps who brought which record under which
 * delivery id; a watch asks every node some ten times a second what it runs; the judge looks at all
 * of it at the end.
 *
 * <p>Threads: the caller's; one per producer, one per node that is watched, and the target's event
 * loop.
 *
 * <p>Limits: nodes, JVMs and databases are child processes that end with this one. Networks are
 * real namespaces of the kernel, which takes Linux and root; elsewhere those scenarios are skipped.
 * A target keeps 8 million records and a million deliveries at the most.
 */
@NullMarked
package io.penstock.perf.cluster;

import org.jspecify.annotations.NullMarked;
