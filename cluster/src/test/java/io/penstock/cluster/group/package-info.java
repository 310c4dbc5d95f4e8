/** Tests of nodes and groups. */
@NullMarked
package io.penstock.cluster.group;

import org.jspecify.annotations.NullMarked;
