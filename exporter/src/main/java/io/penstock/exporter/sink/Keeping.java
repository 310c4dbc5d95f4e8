package io.penstock.exporter.sink;

/**
 * What a sink keeps in its state directory that a later delivery, or a reader of the target, rests
 * on.
 */
public enum Keeping {
    /** Nothing: any sink of the export is as good as another. */
    NOTHING,
    /**
     * Which deliveries of a ring the target has; deliveries of each ring want a sink of their own.
     */
    DELIVERIES,
    /**
     * Also records that it called delivered and has not published yet. Made and closed again, it
     * publishes them.
     */
    RECORDS
}
