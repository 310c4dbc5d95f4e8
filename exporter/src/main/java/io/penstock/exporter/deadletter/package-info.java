/**
 * What a target will never take, kept until a person replays or drops it.
 *
 * <p><b>What.</b> A {@link io.penstock.exporter.deadletter.DeadLetterStore} per export: append-only
 * files of {@link io.penstock.exporter.deadletter.DeadLetter}s, and a log of which were settled.
 *
 * <p><b>Flow.</b> Fan-out appends and forces the letters of a run before it commits the run, so a
 * crash between the two leaves both the letters and the run; the run is offered again without the
 * records whose letters are there. {@code penstock dlq} lists, shows, replays and drops. A replayed
 * letter goes to the same sink under the same delivery id as the first time.
 *
 * <p><b>Threads.</b> A store is for any thread, and every method blocks, but for the look at what
 * was found at opening: never on an event loop.
 *
 * <p><b>Limits.</b> Bytes per export ({@link
 * io.penstock.exporter.deadletter.DeadLetterConfig#maxBytes}); a full store makes its export wait
 * rather than lose. A file is deleted as a whole once all its letters are settled.
 */
@NullMarked
package io.penstock.exporter.deadletter;

import org.jspecify.annotations.NullMarked;
