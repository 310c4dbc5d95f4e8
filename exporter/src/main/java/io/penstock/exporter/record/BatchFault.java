package io.penstock.exporter.record;

/**
 * What is wrong with a batch, as a value.
 *
 * <p>Threading: immutable.
 *
 * @param kind what the client may do about it
 * @param offset byte offset in the batch at which it shows, from 0
 * @param reason one sentence for people that names the fault and where it stands
 */
public record BatchFault(Kind kind, int offset, String reason) {

    /** Kinds of fault, by what an ingress answers. */
    public enum Kind {
        /** The bytes are not what their encoding asks for. */
        MALFORMED,
        /** There is no record in it. */
        EMPTY,
        /** A record, or the number of records or fields, is over its limit. */
        TOO_LARGE
    }
}
