/**
 * Rows that wait on the local disk until they are encoded into a file of another format.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.rows.HourSplitter} is a record visitor that parts the
 * records of a delivery by the hour of their time into one {@link io.penstock.exporter.rows.Frame}
 * per hour; {@link io.penstock.exporter.rows.RowFileReader} reads a file of frames back, first the
 * union of the fields of all of them, then their records. Nothing is lost on the way: every kind of
 * value, explicit nulls and absent fields are told apart.
 *
 * <p><b>Layout</b> of a frame, numbers little-endian, varints as in protobuf:
 *
 * <pre>
 *    0  int     bytes of the frame behind the first 8
 *    4  int     CRC32C of those
 *    8  int     rows
 *   12  int     bytes of the table
 *   16  table   varint number of fields; per field varint length, name, a byte with the set of kinds
 *       rows    per row its time (long), then per value a varint 1 + (field * 8 + kind) and its
 *               bytes, then a 0
 * </pre>
 *
 * A value is a zigzag varint (int), 8 bytes (double), a byte (bool), varint length and bytes
 * (string, json, bytes) or nothing (null, kind 6). Strings of 8 bytes or more that are written out
 * have numbers, from 0 in their order; one that its field has already may be written as kind 7 and
 * a varint, the other's number: logs repeat themselves, and what is not written need not be forced,
 * read, summed and looked up again either.
 *
 * <p><b>Flow.</b> In: a delivery's visitor calls. Out: frames, which the caller writes; and from a
 * file of frames, visitor calls again.
 *
 * <p><b>Threads.</b> Confined to one thread at a time.
 *
 * <p><b>Limits.</b> A splitter holds the rows of one delivery, a reader one frame.
 */
@NullMarked
package io.penstock.exporter.rows;

import org.jspecify.annotations.NullMarked;
