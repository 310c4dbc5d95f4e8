/** Tests of the package of the same name. */
@NullMarked
package io.penstock.exporter.transform;

import org.jspecify.annotations.NullMarked;
