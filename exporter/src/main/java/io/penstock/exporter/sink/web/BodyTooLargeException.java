package io.penstock.exporter.sink.web;

import java.io.IOException;

/** A body passed its limit; carried through writers that know of I/O only. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limitBytes) {
        super("the body is over max_body_bytes, " + limitBytes);
    }
}
