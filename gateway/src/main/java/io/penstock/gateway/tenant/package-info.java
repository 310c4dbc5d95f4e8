/**
 * Who owns which repos, what each may have of this node, and who gives way when all want more than
 * there is.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.tenant.Tenants} says whose a repo is; {@link
 * io.penstock.gateway.tenant.Tenancy} is what the rest of the node asks; {@link
 * io.penstock.gateway.tenant.TenantLimits} and {@link io.penstock.gateway.tenant.RepoLimits} are
 * what a user writes. Rates are {@code RateBucket}s, shares are {@code FairShare}'s rule. The rules
 * are plain computing; their clock is a parameter.
 *
 * <p><b>Flow.</b> A request counts from where its repo is known, which is before its body where
 * headers say so, until its answer. Staged bytes count with the append and the head that passes
 * them; repos when they are found, made and deleted; deliveries from start to landing. What is
 * refused by a rate, or for want of room, says when to come back.
 *
 * <p><b>Threads.</b> Any; every count is an atomic number of its own, and nothing waits.
 *
 * <p><b>Limits.</b> Heap: one account per tenant, at most 1,000 of them; one per repo that was
 * pushed to lately, of tenants that have limits for each repo: at most twice as many as are not
 * idle, or 1,024. A repo that nobody pushes to has none. There is no thread and no timer. All
 * limits are this node's; docs/tenants.md says what that makes of a cluster.
 */
@NullMarked
package io.penstock.gateway.tenant;

import org.jspecify.annotations.NullMarked;
