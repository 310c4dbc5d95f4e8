package io.penstock.exporter.transform;

import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.exporter.text.Decimals;
import io.penstock.model.Setting;
import java.util.List;

/**
 * Keys {@code exports[].transforms[].hash.*}: values that may be told apart but not read.
 *
 * <p>Threading: immutable.
 *
 * @param fields fields to be hashed
 * @param algorithm how
 * @param key salt or key, kept out of {@link #toString}
 * @param length hexadecimal digits that are kept
 */
public record HashRule(
        @Setting(
                        value = "[]",
                        doc = "Fields whose values become their hash, in hexadecimal digits.")
                List<String> fields,
        @Setting(
                        value = "hmac_sha256",
                        doc =
                                "hmac_sha256 (keyed: without the key nobody can try values out) or sha256"
                                        + " (of the key as a salt, then the value).")
                Algorithm algorithm,
        @Setting(
                        value = "''",
                        doc = "Key or salt; hmac_sha256 needs one. Best from ${file:/path}.",
                        secret = true)
                String key,
        @Setting(value = "32", doc = "Digits that are kept, 8 to 64; 32 are 128 bits.")
                int length) {

    /** How values are hashed. */
    public enum Algorithm {
        /** HMAC after RFC 2104 with SHA-256. */
        HMAC_SHA256,
        /** SHA-256 (FIPS 180-4) of salt and value. */
        SHA256
    }

    private static final int MIN_DIGITS = 8;

    /** Checks names, ranges, and that there is a key where one is needed. */
    public HashRule {
        fields = List.copyOf(fields);
        FieldNames.check("fields", fields);
        if (length < MIN_DIGITS || length > KeyedDigest.HEX_DIGITS) {
            throw new IllegalArgumentException(
                    "length must lie between "
                            + MIN_DIGITS
                            + " and "
                            + KeyedDigest.HEX_DIGITS
                            + ", not "
                            + length);
        }
        if (fields.isEmpty() && !key.isEmpty()) {
            throw new IllegalArgumentException("fields names nothing to hash");
        }
        if (!fields.isEmpty() && key.isEmpty() && algorithm == Algorithm.HMAC_SHA256) {
            throw new IllegalArgumentException("key is empty; hmac_sha256 needs one");
        }
    }

    boolean isStated() {
        return !fields.isEmpty();
    }

    Step compile(Slots slots) {
        int[] named = FieldNames.pinAll(slots, fields);
        KeyedDigest digest = new KeyedDigest(algorithm, key);
        int digits = length;
        return row -> {
            for (int slot : named) {
                if (row.isPresent(slot) && row.kind(slot) != ValueKind.NULL) {
                    hash(row, slot, digest, digits);
                }
            }
            return Verdict.PASS;
        };
    }

    private static void hash(Row row, int slot, KeyedDigest digest, int digits) {
        WriteBuffer out = row.text();
        int start = out.length();
        if (row.isText(slot)) {
            digest.hash(row.bytes(), row.start(slot), row.length(slot));
        } else {
            print(row, slot, out);
            digest.hash(out.array(), start, out.length() - start);
            out.truncate(start);
        }
        for (int i = 0; i < digits; i++) {
            out.put(digest.hexDigit(i));
        }
        row.setWritten(slot, start);
    }

    /** A number as JSON would have it, so that 5 hashes alike wherever it came from. */
    private static void print(Row row, int slot, WriteBuffer out) {
        switch (row.kind(slot)) {
            case INTEGER -> out.putDecimal(row.bits(slot));
            case BOOLEAN -> out.put(row.bits(slot) != 0 ? "true" : "false");
            default -> {
                double value = Double.longBitsToDouble(row.bits(slot));
                byte[] digits = new byte[Decimals.MAX_BYTES];
                int length = Double.isFinite(value) ? Decimals.put(digits, 0, value) : 0;
                out.put(digits, 0, length);
                if (length == 0) {
                    out.put(Double.toString(value));
                }
            }
        }
    }

    @Override
    public String toString() {
        return "HashRule[fields="
                + fields
                + ", algorithm="
                + algorithm
                + ", length="
                + length
                + "]";
    }
}
