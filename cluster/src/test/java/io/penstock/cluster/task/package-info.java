/** Tests of needs. */
@NullMarked
package io.penstock.cluster.task;

import org.jspecify.annotations.NullMarked;
