@NullMarked
package io.penstock.cluster.history;

import org.jspecify.annotations.NullMarked;
