/**
 * The engine of {@code penstock ring ls | verify | dump | repair}.
 *
 * <p>What. {@link io.penstock.exporter.ring.tool.RingInspector} reads the files of one ring and
 * answers with values for a command to print: a listing, a report of a full check, the entries one
 * by one. {@link io.penstock.exporter.ring.tool.RingRepair} puts a ring right that its node does
 * not hold.
 *
 * <p>Flow. In: the directory of a ring. Out: records.
 *
 * <p>Threads. Confined to the calling thread; everything blocks.
 *
 * <p>Limits. An inspector maps files read only and changes nothing, so it works beside a node that
 * has the ring open. What it sees is then not one moment: a segment that is recycled while it is
 * read is reported as such and left out, and what is just being written looks like a torn tail. A
 * repair needs the node's lock.
 */
@NullMarked
package io.penstock.exporter.ring.tool;

import org.jspecify.annotations.NullMarked;
