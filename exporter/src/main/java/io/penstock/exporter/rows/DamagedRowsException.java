package io.penstock.exporter.rows;

import java.io.IOException;

/** A frame is not as it was written: the disk lost or changed bytes that were forced. */
public final class DamagedRowsException extends IOException {

    /** Says where. */
    public DamagedRowsException(long position, String what) {
        super("rows at " + position + " are damaged: " + what);
    }
}
