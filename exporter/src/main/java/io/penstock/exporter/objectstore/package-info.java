/**
 * Stores of objects under keys: what publishes a file whole, once, and never half.
 *
 * <p><b>What.</b> {@link io.penstock.exporter.objectstore.ObjectStore} is the seam, {@link
 * io.penstock.exporter.objectstore.DirectoryStore} the one whose objects are files of a directory.
 *
 * <p><b>Flow.</b> In: a file on the local disk and its key. Out: the object, by one atomic step.
 *
 * <p><b>Threads.</b> Any thread; every call may block for as long as the target takes.
 *
 * <p><b>Limits.</b> A store keeps nothing in memory but what its client needs.
 */
@NullMarked
package io.penstock.exporter.objectstore;

import org.jspecify.annotations.NullMarked;
