@NullMarked
package io.penstock.cluster.store.postgres;

import org.jspecify.annotations.NullMarked;
