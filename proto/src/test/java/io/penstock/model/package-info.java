/** Tests of the value words. */
@NullMarked
package io.penstock.model;

import org.jspecify.annotations.NullMarked;
