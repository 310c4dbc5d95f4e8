package io.penstock.exporter.ring.tool;

import java.nio.file.Path;

/**
 * Something that a check met.
 *
 * @param severity how bad it is
 * @param file where
 * @param position position in the ring, or -1 when it is about the file
 * @param what one sentence
 */
public record Finding(Severity severity, Path file, long position, String what) {

    /** How bad a finding is. */
    public enum Severity {
        /** Nothing is wrong: what a kill or a running node leaves. */
        NOTE,
        /** Something was lost or is not readable; the ring goes on without it. */
        DAMAGE,
        /** The ring cannot be opened. */
        FATAL
    }
}
