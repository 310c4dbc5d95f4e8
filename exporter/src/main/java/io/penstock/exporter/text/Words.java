package io.penstock.exporter.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a byte array as one word, and questions about all eight at once. A word is
 * little-endian: its lowest byte is the first in the array.
 *
 * <p>The tests for "less than" and "equal" may borrow into the bytes above a true hit, so only the
 * lowest mark of an answer is exact; zero always means that no byte matches.
 *
 * <p>Threading: any thread.
 */
public final class Words {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private Words() {}

    /** The eight bytes from {@code at} on. */
    public static long get(byte[] bytes, int at) {
        return (long) WORD.get(bytes, at);
    }

    /** Writes eight bytes from {@code at} on. */
    public static void set(byte[] bytes, int at, long word) {
        WORD.set(bytes, at, word);
    }

    /** Marks bytes that JSON does not allow bare in a text: controls, quote, backslash. */
    public static long jsonSpecial(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        long marks =
                ((word - SPACES) & ~word)
                        | ((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash);
        return marks & HIGH_BITS;
    }

    /** Marks bytes that are not ASCII. */
    public static long nonAscii(long word) {
        return word & HIGH_BITS;
    }

    /** Index in the word of the first byte that a (non-zero) answer marks. */
    public static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** Index of the first {@code wanted} in {@code [from, end)}, or {@code end}. */
    public static int indexOf(byte[] bytes, int from, int end, byte wanted) {
        long pattern = ONES * (wanted & 0xff);
        int at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = get(bytes, at) ^ pattern;
            long marks = (word - ONES) & ~word & HIGH_BITS;
            if (marks != 0) {
                return at + first(marks);
            }
        }
        while (at < end && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Whether two ranges of {@code length} bytes are equal. */
    public static boolean equal(byte[] a, int atA, byte[] b, int atB, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            if (get(a, atA + done) != get(b, atB + done)) {
                return false;
            }
        }
        int rest = length - done;
        if (rest == 0) {
            return true;
        }
        if (a.length - atA - done >= Long.BYTES && b.length - atB - done >= Long.BYTES) {
            long differences = get(a, atA + done) ^ get(b, atB + done);
            return differences << (Long.SIZE - rest * Byte.SIZE) == 0;
        }
        while (done < length && a[atA + done] == b[atB + done]) {
            done++;
        }
        return done == length;
    }

    /** A well-mixed hash of a range. */
    public static long hash(byte[] bytes, int at, int length) {
        long hash = length * 0x9E37_79B9_7F4A_7C15L;
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            hash = mix(hash ^ get(bytes, at + done));
        }
        long rest = 0;
        for (; done < length; done++) {
            rest = (rest << 8) | (bytes[at + done] & 0xff);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0xD6E8_FEB8_6659_FD93L;
        return mixed ^ mixed >>> 29;
    }
}
