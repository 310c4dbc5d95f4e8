/**
 * Text as bytes: UTF-8, JSON syntax and RFC 3339 times, read where they lie.
 *
 * <p><b>What.</b> The checks and conversions that let a record go from one encoding to another
 * without becoming a {@link String}: {@link io.penstock.exporter.text.Words} looks at eight bytes
 * at a time, {@link io.penstock.exporter.text.Utf8} judges texts, {@link
 * io.penstock.exporter.text.JsonSyntax} walks JSON, {@link io.penstock.exporter.text.JsonObject}
 * finds the members of one object, {@link io.penstock.exporter.text.Rfc3339} reads and writes
 * times, {@link io.penstock.exporter.text.TextPattern} seeks regular expressions.
 *
 * <p><b>Flow.</b> Called by {@code exporter.record} with ranges of byte arrays; answers are
 * offsets, numbers and faults as values. A parser that hands out {@code char}s (as Jackson does)
 * would decode each text only for it to be encoded again; here a text without escapes is passed on
 * as it stands.
 *
 * <p><b>Threads.</b> Static methods may be called from any thread; instances are confined to one.
 *
 * <p><b>Limits.</b> JSON nests at most {@value io.penstock.exporter.text.JsonSyntax#MAX_DEPTH}
 * deep; an object has at most {@value io.penstock.exporter.text.JsonObject#MAX_MEMBERS} members.
 */
@NullMarked
package io.penstock.exporter.text;

import org.jspecify.annotations.NullMarked;
