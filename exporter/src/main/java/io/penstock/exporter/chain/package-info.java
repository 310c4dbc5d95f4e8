/** The segments of a ring in their order, and the files that they live in. */
@NullMarked
package io.penstock.exporter.chain;

import org.jspecify.annotations.NullMarked;
