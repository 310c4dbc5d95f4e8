/**
 * The pages of the project, held against the project.
 *
 * <p><b>What.</b> {@code PagesTest} runs the shell of every page as it stands; {@code
 * ReferencePagesTest} writes docs/reference from the configuration records and the description of
 * the admin port; {@code LinksTest} follows every link.
 *
 * <p><b>Flow.</b> In: README.md and docs. Out: verdicts, and with {@code -Dpenstock.write=true} the
 * pages of the reference.
 *
 * <p><b>Threads.</b> One; what a page starts are processes, which end with its shell.
 *
 * <p><b>Limits.</b> A page's shell has 90 seconds.
 */
@NullMarked
package io.penstock.gateway.docs;

import org.jspecify.annotations.NullMarked;
