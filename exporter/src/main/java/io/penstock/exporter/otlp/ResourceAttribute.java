package io.penstock.exporter.otlp;

import io.penstock.exporter.record.ByteChunks;
import io.penstock.exporter.record.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks for one attribute of the resources of a request, by framing alone: records are passed over.
 * Only texts are taken for values.
 *
 * <p>A flyweight, good until the next {@link #find}. Threading: confined to one thread.
 */
public final class ResourceAttribute {

    /** What was found. */
    public enum Found {
        /** No resource has it. */
        NOWHERE,
        /** Every resource has it, with the same value. */
        SAME,
        /** Resources differ: in the value, or in whether they have it. */
        DIFFERENT,
        /** The value is longer than any that is of use. */
        TOO_LONG,
        /** The framing is broken; the scan says where. */
        BROKEN
    }

    private final byte[] key;
    private final byte[] read;
    private final byte[] value;
    private int valueLength;
    private final byte[] candidate;
    private int candidateLength;

    /**
     * A look for one key.
     *
     * @param maxValueBytes longest value of use
     */
    public ResourceAttribute(String key, int maxValueBytes) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.read = new byte[this.key.length];
        this.value = new byte[maxValueBytes];
        this.candidate = new byte[maxValueBytes];
    }

    /** Looks through a whole request, whose cursor it moves. */
    public Found find(Encoding encoding, ByteChunks request) {
        Field resources = Signals.request(encoding).fields().get(0);
        request.range(0, request.length());
        Found found = Found.NOWHERE;
        boolean first = true;
        while (!request.exhausted() && request.fault() == null) {
            int tag = request.tag();
            if (tag != resources.tag()) {
                request.skipValue(tag);
                continue;
            }
            Found here = ofResource(request, endOf(request));
            if (here != Found.NOWHERE && here != Found.SAME) {
                return here;
            }
            if (first && here == Found.SAME) {
                System.arraycopy(candidate, 0, value, 0, candidateLength);
                valueLength = candidateLength;
            } else if (!first && (here != found || (here == Found.SAME && !sameValue()))) {
                return Found.DIFFERENT;
            }
            found = here;
            first = false;
        }
        return request.fault() == null ? found : Found.BROKEN;
    }

    private boolean sameValue() {
        return Arrays.equals(value, 0, valueLength, candidate, 0, candidateLength);
    }

    /** The value in UTF-8, {@link #length} bytes of this array; not to be changed. */
    public byte[] value() {
        return value;
    }

    /** Length of the value. */
    public int length() {
        return valueLength;
    }

    private static int endOf(ByteChunks request) {
        int size = request.size();
        return request.position() + size;
    }

    /** One {@code ResourceLogs} or its like. */
    private Found ofResource(ByteChunks request, int end) {
        Found found = Found.NOWHERE;
        while (request.position() < end && request.fault() == null) {
            int tag = request.tag();
            if (tag == (1 << 3 | Tags.LENGTH) && found == Found.NOWHERE) {
                found = attributes(request, endOf(request));
            } else {
                request.skipValue(tag);
            }
        }
        return request.fault() == null ? found : Found.BROKEN;
    }

    /** The attributes of a {@code Resource}, which are its field 1. */
    private Found attributes(ByteChunks request, int end) {
        Found found = Found.NOWHERE;
        while (request.position() < end && request.fault() == null) {
            int tag = request.tag();
            if (tag == (1 << 3 | Tags.LENGTH) && found == Found.NOWHERE) {
                found = pair(request, endOf(request));
            } else {
                request.skipValue(tag);
            }
        }
        return found;
    }

    private Found pair(ByteChunks request, int end) {
        boolean named = false;
        candidateLength = -1;
        boolean tooLong = false;
        while (request.position() < end && request.fault() == null) {
            int tag = request.tag();
            if (tag == Tags.KEY) {
                named = isKey(request);
            } else if (tag == Tags.VALUE) {
                tooLong = !text(request, endOf(request));
            } else {
                request.skipValue(tag);
            }
        }
        if (!named || (candidateLength < 0 && !tooLong)) {
            return Found.NOWHERE;
        }
        return tooLong ? Found.TOO_LONG : Found.SAME;
    }

    private boolean isKey(ByteChunks request) {
        int size = request.size();
        if (size != key.length) {
            request.skip(size);
            return false;
        }
        request.read(read, 0, size);
        return Arrays.equals(read, key);
    }

    /** Reads the text of an {@code AnyValue}, if it is one; whether it fits. */
    private boolean text(ByteChunks request, int end) {
        boolean fits = true;
        while (request.position() < end && request.fault() == null) {
            int tag = request.tag();
            if (tag != Tags.ANY_STRING) {
                request.skipValue(tag);
                continue;
            }
            int size = request.size();
            fits = size <= candidate.length;
            candidateLength = fits ? size : -1;
            if (fits) {
                request.read(candidate, 0, size);
            } else {
                request.skip(size);
            }
        }
        return fits;
    }
}
