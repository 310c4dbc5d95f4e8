/** Tests of the cluster's words. */
@NullMarked
package io.penstock.cluster;

import org.jspecify.annotations.NullMarked;
