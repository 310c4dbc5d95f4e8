/**
 * The seam to the file system.
 *
 * <p>What. Everything that the ring and the dead letters do to files goes through {@link
 * io.penstock.exporter.storage.Storage}, so that tests can make each step fail, tear or run out of
 * space. {@link io.penstock.exporter.storage.DiskStorage} is the real one. {@link
 * io.penstock.exporter.storage.MappedRegion} is the only class of the project that touches mapped
 * memory.
 *
 * <p>Flow. In: paths and bytes. Out: files that are fully allocated before they are mapped, because
 * Java 17 loses data silently when it writes to a hole of a mapped file on a full disk.
 *
 * <p>Threads. Any thread; every method of {@code Storage} and {@code StorageFile} may block, those
 * of {@code MappedRegion} wait for nothing but a page fault.
 *
 * <p>Limits. A region is at most 128 MiB. An I/O error under a mapping arrives as {@link
 * java.lang.InternalError}; on Java 17 the JVM may deliver it a few instructions late.
 */
@NullMarked
package io.penstock.exporter.storage;

import org.jspecify.annotations.NullMarked;
