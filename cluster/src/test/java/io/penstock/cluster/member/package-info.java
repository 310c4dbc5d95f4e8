/** Tests of {@link io.penstock.cluster.member}. */
@NullMarked
package io.penstock.cluster.member;

import org.jspecify.annotations.NullMarked;
