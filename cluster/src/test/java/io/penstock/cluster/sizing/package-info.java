/** Tests of sizes and deals. */
@NullMarked
package io.penstock.cluster.sizing;

import org.jspecify.annotations.NullMarked;
