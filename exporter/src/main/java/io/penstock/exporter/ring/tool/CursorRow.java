package io.penstock.exporter.ring.tool;

import io.penstock.exporter.cursor.CursorFile;

/**
 * One cursor.
 *
 * @param export its name
 * @param status what its file is worth; the numbers are 0 unless it is good
 * @param position everything below is settled
 * @param base records that it does not owe
 * @param delivered records delivered
 * @param deadLettered records dead-lettered
 * @param dropped records dropped
 * @param openTakes runs lent out, or to be offered again
 * @param settledTakes runs settled out of order
 * @param lagBytes bytes between the position and the tail
 */
public record CursorRow(
        String export,
        CursorFile.Status status,
        long position,
        long base,
        long delivered,
        long deadLettered,
        long dropped,
        int openTakes,
        int settledTakes,
        long lagBytes) {}
