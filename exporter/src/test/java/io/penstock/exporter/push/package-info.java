/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.push;

import org.jspecify.annotations.NullMarked;
