package io.penstock.cluster.forecast;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Histories of rates as bytes: {@code magic (4), count (4), count x (name, 168 x rate (2)), CRC32C
 * of all before (4)}, big-endian, names as {@link DataOutputStream#writeUTF} writes them. A rate is
 * {@code round(1000 log2(1 + rate))}, so it comes back within 0.04 %, up to 2^65; 65,535 is a rate
 * that is not known.
 *
 * <p>Threading: any thread.
 */
public final class RateCodec {

    /** Most histories that are kept. */
    public static final int MOST = 1_000;

    private static final int MAGIC = 0x50535248;
    private static final int UNKNOWN = 0xffff;
    private static final double STEPS = 1_000;
    private static final double LN_2 = Math.log(2);

    private RateCodec() {}

    /**
     * As bytes.
     *
     * @param histories by name, as {@link RateHistory#slots} gives them; {@link #MOST} at most
     */
    public static byte[] encode(Map<String, float[]> histories) {
        if (histories.size() > MOST) {
            throw new IllegalArgumentException(histories.size() + " histories, at most " + MOST);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(histories.size());
            for (Map.Entry<String, float[]> history : histories.entrySet()) {
                out.writeUTF(history.getKey());
                for (float rate : history.getValue()) {
                    out.writeShort(code(rate));
                }
            }
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    private static int code(float rate) {
        return rate < 0
                ? UNKNOWN
                : (int) Math.min(UNKNOWN - 1, Math.round(STEPS * Math.log1p(rate) / LN_2));
    }

    /**
     * From bytes.
     *
     * @throws IOException when they are none, in a few words
     */
    public static Map<String, float[]> decode(byte[] bytes) throws IOException {
        int end = bytes.length - Integer.BYTES;
        if (end < 0 || ByteBuffer.wrap(bytes).getInt(end) != crc(bytes, end)) {
            throw new IOException("no history of rates, or damaged");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("no history of rates");
            }
            int count = in.readInt();
            if (count < 0 || count > MOST) {
                throw new IOException(count + " histories, at most " + MOST);
            }
            Map<String, float[]> histories = new HashMap<>();
            for (int i = 0; i < count; i++) {
                histories.put(in.readUTF(), slots(in));
            }
            return histories;
        }
    }

    private static float[] slots(DataInputStream in) throws IOException {
        float[] slots = new float[HourOfWeek.SLOTS];
        for (int i = 0; i < slots.length; i++) {
            int code = in.readUnsignedShort();
            slots[i] = code == UNKNOWN ? -1 : (float) Math.expm1(code / STEPS * LN_2);
        }
        return slots;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
