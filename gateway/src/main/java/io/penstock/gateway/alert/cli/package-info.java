/**
 * The verb {@code alerts}.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.alert.cli.AlertVerbs} gives it to the command line.
 *
 * <p><b>Flow.</b> options to a request to the admin port to a table.
 *
 * <p><b>Threads.</b> The main thread.
 *
 * <p><b>Limits.</b> Those of the admin port.
 */
@NullMarked
package io.penstock.gateway.alert.cli;

import org.jspecify.annotations.NullMarked;
