/** Tests of following files. */
@NullMarked
package io.penstock.gateway.follow;

import org.jspecify.annotations.NullMarked;
