/** Tests of {@link io.penstock.cluster.machine}. */
@NullMarked
package io.penstock.cluster.machine;

import org.jspecify.annotations.NullMarked;
