package io.penstock.exporter.sink.file;

/** When what was written is forced to the disk. All of them survive the death of the process. */
public enum FsyncPolicy {
    /** Before a delivery is reported as delivered: it survives the loss of power. */
    DELIVERY,
    /** Before a file is published: a published file survives, the file in hand may not. */
    ROLL,
    /** Never: the operating system decides. */
    NEVER
}
