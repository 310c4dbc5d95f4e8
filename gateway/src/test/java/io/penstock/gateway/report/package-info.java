/** Tests of the package of this name. */
@NullMarked
package io.penstock.gateway.report;

import org.jspecify.annotations.NullMarked;
