package io.penstock.gateway.follow;

import org.jspecify.annotations.Nullable;

/**
 * Whole lines of a file.
 *
 * @param from position of the first
 * @param to position behind the last
 * @param bytes them, with their line feeds; null for a line that is too long
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record Lines(long from, long to, byte @Nullable [] bytes) {}
