/**
 * Who is in the cluster, what the nodes tell each other, and what they keep together: the ports.
 *
 * <p><b>What.</b> {@link io.penstock.cluster.member.Membership} is this node's place in a cluster.
 * It gives a {@link io.penstock.cluster.member.NodeDirectory} of those who are there, {@link
 * io.penstock.cluster.member.ClusterMessages} from node to node, a {@link
 * io.penstock.cluster.member.TableCache} that all share, and a {@link
 * io.penstock.cluster.member.ReportBoard} of what each node says about itself.
 *
 * <p><b>Flow.</b> Configuration in; join; then members, messages, tables and reports until the node
 * leaves. None of it decides who leads or what runs: that takes leases.
 *
 * <p><b>Threads.</b> The records are immutable; each port says on which thread it calls back.
 *
 * <p><b>Limits.</b> A message has {@link io.penstock.cluster.member.ClusterMessages#MAX_BODY_BYTES}
 * at the most, a table {@link io.penstock.cluster.member.TableCache#MAX_TABLE_BYTES}, a report
 * {@link io.penstock.cluster.member.NodeReport#MAX_EXPORTS} exports.
 */
@NullMarked
package io.penstock.cluster.member;

import org.jspecify.annotations.NullMarked;
