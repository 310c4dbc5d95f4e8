@NullMarked
package io.penstock.cluster.message;

import org.jspecify.annotations.NullMarked;
