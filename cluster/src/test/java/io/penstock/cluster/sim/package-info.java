/** Tests of the planner over weeks of simulated time. */
@NullMarked
package io.penstock.cluster.sim;

import org.jspecify.annotations.NullMarked;
