/**
 * What people see in a terminal.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.terminal.LiveLine} redraws one line of progress,
 * {@link io.penstock.gateway.terminal.TextTable} lays out columns, {@link
 * io.penstock.gateway.terminal.Amounts} writes numbers the way people read them, {@link
 * io.penstock.gateway.terminal.Progress} shows how far long work is, {@link
 * io.penstock.gateway.terminal.Terminal} knows what there is to write on.
 *
 * <p><b>Flow.</b> Values in, characters out.
 *
 * <p><b>Threads.</b> Each type states its own.
 *
 * <p><b>Limits.</b> Lines are cut at the width of the terminal; nothing is buffered.
 */
@NullMarked
package io.penstock.gateway.terminal;

import org.jspecify.annotations.NullMarked;
