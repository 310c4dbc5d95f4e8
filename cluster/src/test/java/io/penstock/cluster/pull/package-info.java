@NullMarked
package io.penstock.cluster.pull;

import org.jspecify.annotations.NullMarked;
