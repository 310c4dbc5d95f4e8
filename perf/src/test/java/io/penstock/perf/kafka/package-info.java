/** Tests of the package of the same name, in small. */
@NullMarked
package io.penstock.perf.kafka;

import org.jspecify.annotations.NullMarked;
