/**
 * The sink of docs/guide/writing-a-sink.md, as somebody else would write it.
 *
 * <p><b>What.</b> A file per delivery. The page shows these files as they are, which {@code
 * WritingASinkPageTest} of the gateway holds.
 *
 * <p><b>Flow.</b> In: deliveries. Out: files of a directory.
 *
 * <p><b>Threads.</b> Blocking, on a worker.
 *
 * <p><b>Limits.</b> A buffer of 64 KiB.
 */
@NullMarked
package com.example.spool;

import org.jspecify.annotations.NullMarked;
