/** Whole clusters in simulated time: the planner over weeks, leases over all that goes wrong. */
@NullMarked
package io.penstock.cluster.sim;

import org.jspecify.annotations.NullMarked;
