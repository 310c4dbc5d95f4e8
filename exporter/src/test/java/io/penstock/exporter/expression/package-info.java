/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.expression;

import org.jspecify.annotations.NullMarked;
