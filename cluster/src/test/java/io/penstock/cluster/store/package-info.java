@NullMarked
package io.penstock.cluster.store;

import org.jspecify.annotations.NullMarked;
