/** Tests. */
@NullMarked
package io.penstock.gateway.report;

import org.jspecify.annotations.NullMarked;
