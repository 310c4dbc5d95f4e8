@NullMarked
package io.penstock.cluster.lease;

import org.jspecify.annotations.NullMarked;
