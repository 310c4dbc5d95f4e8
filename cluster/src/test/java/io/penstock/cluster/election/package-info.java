@NullMarked
package io.penstock.cluster.election;

import org.jspecify.annotations.NullMarked;
