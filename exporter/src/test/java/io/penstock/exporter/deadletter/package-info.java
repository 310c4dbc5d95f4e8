/** Tests of dead letter files. */
@NullMarked
package io.penstock.exporter.deadletter;

import org.jspecify.annotations.NullMarked;
