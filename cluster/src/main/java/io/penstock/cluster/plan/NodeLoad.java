package io.penstock.cluster.plan;

import io.penstock.cluster.NodeId;

/**
 * A node after a plan.
 *
 * <p>Threading: immutable.
 *
 * @param node which
 * @param load weighted mean of the used shares of its resources; 1 = all of it
 * @param tasks tasks that it runs
 * @param beyondHeadroom whether it uses more of a resource than placing may
 */
public record NodeLoad(NodeId node, double load, int tasks, boolean beyondHeadroom) {}
