/** Tests of the planner: cases by hand, laws over random situations, wrong planners, scale. */
@NullMarked
package io.penstock.cluster.plan;

import org.jspecify.annotations.NullMarked;
