package io.penstock.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A batch as it goes over the wire.
 *
 * @param bytes of the batch before compression
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record Packed(Form form, byte[] body, boolean gzip, int records, int bytes) {
    /** Below that, gzip costs more than it saves. */
    private static final int MIN_GZIP_BYTES = 1024;

    /** Compresses where it is asked for and makes the batch smaller. */
    static Packed of(Batch batch, boolean gzip) {
        byte[] plain = batch.bytes();
        if (gzip && plain.length >= MIN_GZIP_BYTES) {
            byte[] small = compressed(plain);
            if (small.length < plain.length) {
                return new Packed(batch.form(), small, true, batch.records(), plain.length);
            }
        }
        return new Packed(batch.form(), plain, false, batch.records(), plain.length);
    }

    private static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
