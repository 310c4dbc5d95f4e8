package io.penstock.exporter.record;

/**
 * Where the bytes of one batch lie.
 *
 * @param bytes the array
 * @param start index of the first byte
 * @param end index behind the last byte
 * @param arrivedNanos time of records that state none
 */
record BatchBytes(byte[] bytes, int start, int end, long arrivedNanos) {}
