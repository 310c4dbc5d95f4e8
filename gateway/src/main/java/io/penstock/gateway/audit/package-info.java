/**
 * Who changed what on a node, and when.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.audit.AuditEntry} is one line of JSON, {@link
 * io.penstock.gateway.audit.AuditFiles} the files that they are in, {@link
 * io.penstock.gateway.audit.AuditLog} the log of a node that runs.
 *
 * <p><b>Flow.</b> The admin port hands over an entry when a change has its answer, and answers when
 * the entry is written and forced. An entry holds names, never values: no body, no header and no
 * parameter but those that name things.
 *
 * <p><b>Threads.</b> Any thread; one worker writes.
 *
 * <p><b>Limits.</b> The files have {@link io.penstock.gateway.audit.AuditFiles#FILES} parts of the
 * room that the configuration gives; {@link io.penstock.gateway.audit.AuditLog#MAX_WAITING} entries
 * may wait to be written, more are lost, counted and logged; an entry has at most {@link
 * io.penstock.gateway.audit.AuditEntry#MAX_TEXT} characters in each of its fields.
 */
@NullMarked
package io.penstock.gateway.audit;

import org.jspecify.annotations.NullMarked;
