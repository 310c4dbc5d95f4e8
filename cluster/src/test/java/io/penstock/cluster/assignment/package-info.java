@NullMarked
package io.penstock.cluster.assignment;

import org.jspecify.annotations.NullMarked;
