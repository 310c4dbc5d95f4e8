package io.penstock.exporter.sink.remotewrite;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads bodies of remote write, by rules of its own. */
final class WriteRequests {

    /** One sample and its labels, in their order. */
    record Sample(Map<String, String> labels, double value, long timeMs) {}

    private WriteRequests() {}

    /** The inverse of Snappy's block format. */
    static byte[] unpack(byte[] packed) {
        int at = 0;
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int each = packed[at++];
            length |= (each & 0x7f) << shift;
            if (each >= 0) {
                break;
            }
        }
        byte[] plain = new byte[length];
        int to = 0;
        while (at < packed.length) {
            int tag = packed[at++] & 0xff;
            int size = tag >>> 2;
            if ((tag & 3) == 0) {
                int more = Math.max(0, size - 59);
                size = more == 0 ? size : littleEndian(packed, at, more);
                at += more;
                System.arraycopy(packed, at, plain, to, size + 1);
                at += size + 1;
            } else {
                boolean close = (tag & 3) == 1;
                int bytes = close ? 1 : 2 * ((tag & 3) - 1);
                int offset = littleEndian(packed, at, bytes);
                at += bytes;
                offset |= close ? tag >>> 5 << 8 : 0;
                size = close ? (size & 7) + 3 : size;
                for (int i = 0; i <= size; i++) {
                    plain[to + i] = plain[to + i - offset];
                }
            }
            to += size + 1;
        }
        return to == length ? plain : Arrays.copyOf(plain, -1);
    }

    private static int littleEndian(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[at + i] & 0xff) << (8 * i);
        }
        return value;
    }

    static List<Sample> samples(byte[] request) {
        List<Sample> samples = new ArrayList<>();
        for (ByteString one : parse(ByteString.copyFrom(request), 1)) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (ByteString label : parse(one, 1)) {
                labels.put(text(label, 1), text(label, 2));
            }
            for (ByteString sample : parse(one, 2)) {
                UnknownFieldSet fields = fields(sample);
                double value = Double.longBitsToDouble(fields.getField(1).getFixed64List().get(0));
                samples.add(new Sample(labels, value, fields.getField(2).getVarintList().get(0)));
            }
        }
        return samples;
    }

    private static UnknownFieldSet fields(ByteString message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static List<ByteString> parse(ByteString message, int field) {
        return fields(message).getField(field).getLengthDelimitedList();
    }

    private static String text(ByteString message, int field) {
        return parse(message, field).get(0).toString(StandardCharsets.UTF_8);
    }
}
