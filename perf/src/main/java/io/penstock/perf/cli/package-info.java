/**
 * What: the verb {@code penstock bench}.
 *
 * <p>Flow: options in; tables on standard output, JSON and a page with plots in files; progress on
 * standard error.
 *
 * <p>Threads: the main thread.
 *
 * <p>Limits: numbers are worth something on a quiet machine with two CPUs or more.
 */
@NullMarked
package io.penstock.perf.cli;

import org.jspecify.annotations.NullMarked;
