/**
 * The body of Elasticsearch's {@code _bulk}: action lines, each but {@code delete} followed by a
 * document.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.bulk.BulkBody} reads one; a {@link
 * io.penstock.exporter.bulk.BulkAction} is one of its actions, with the place of its document.
 *
 * <p><b>Flow.</b> Bytes in, a list of actions out. Documents are checked and stay where they lie.
 *
 * <p><b>Threads.</b> A reader is confined to one thread; actions are immutable.
 *
 * <p><b>Limits.</b> {@link io.penstock.exporter.bulk.BulkBody#MAX_ACTIONS} actions; documents as
 * long as the reader was told, and as deep as {@code exporter.text} reads.
 */
@NullMarked
package io.penstock.exporter.bulk;

import org.jspecify.annotations.NullMarked;
