/**
 * The command line: verbs and {@code main}.
 *
 * <p><b>What.</b> {@code main}, the verbs that work on their own ({@code run}, {@code push}, {@code
 * ring} and so on), and what all verbs share: options, the client of the admin port, exit codes.
 * docs/cli.md is the page for people.
 *
 * <p><b>Flow.</b> Arguments in; results to standard output as a table, JSON or YAML ({@link
 * io.penstock.gateway.cli.OutputOption}), progress and complaints to standard error, and an exit
 * code ({@link io.penstock.gateway.cli.ExitCode}).
 *
 * <p><b>Threads.</b> The main thread, which may block.
 *
 * <p><b>Limits.</b> Other packages and modules add verbs through {@link
 * io.penstock.gateway.cli.VerbProvider}.
 */
@NullMarked
package io.penstock.gateway.cli;

import org.jspecify.annotations.NullMarked;
