/** The bench of plans at a small size, so that it does not rot. */
@NullMarked
package io.penstock.perf.plan;

import org.jspecify.annotations.NullMarked;
