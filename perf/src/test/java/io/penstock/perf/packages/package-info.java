/**
 * Installs what is installed from, and starts it from there. These run with {@code -Ppackage} only,
 * which makes the packages first; what a machine lacks for one of them is said, and that one
 * skipped.
 */
@NullMarked
package io.penstock.perf.packages;

import org.jspecify.annotations.NullMarked;
