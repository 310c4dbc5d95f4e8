/** Tests of the rules, by a clock of their own. */
@NullMarked
package io.penstock.gateway.alert;

import org.jspecify.annotations.NullMarked;
