/**
 * Holds the house to its plan: the table of packages in docs/architecture.md is the rule, and each
 * kind of rule is seen to fail on a planted violation (package {@code planted} and below).
 */
@NullMarked
package io.penstock.perf.architecture;

import org.jspecify.annotations.NullMarked;
