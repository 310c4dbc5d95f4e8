/**
 * The verbs {@code report} and {@code capacity}.
 *
 * <p><b>What.</b> Both ask the admin port of a live node; {@code capacity --measure} starts a node
 * of its own for some seconds ({@code Calibration}).
 *
 * <p><b>Flow.</b> Arguments in; text, HTML or JSON to standard output.
 *
 * <p><b>Threads.</b> The main thread, which may block.
 *
 * <p><b>Limits.</b> A measurement takes about {@code Calibration.USUAL} and is refused above {@code
 * Calibration.MOST_BUSY}.
 */
@NullMarked
package io.penstock.gateway.planning;

import org.jspecify.annotations.NullMarked;
