/** Tests of {@link io.penstock.cluster.hazelcast}. */
@NullMarked
package io.penstock.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
