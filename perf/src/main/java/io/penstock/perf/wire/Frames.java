package io.penstock.perf.wire;

import java.nio.ByteBuffer;

/** Numbers of HTTP/2 frames (RFC 9113). */
final class Frames {
    static final int HEADER_BYTES = 9;

    /** Payload of a DATA frame: the size that every server takes. */
    static final int DATA_BYTES = 16 << 10;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    static final int SETTING_MAX_STREAMS = 3;
    static final int SETTING_INITIAL_WINDOW = 4;

    /** Error code of a stream that the client gives up. */
    static final int CANCEL = 8;

    /** Windows of both directions before any SETTINGS. */
    static final int DEFAULT_WINDOW = 65_535;

    private Frames() {}

    static void putHeader(ByteBuffer target, int length, int type, int flags, int stream) {
        target.put((byte) (length >>> 16)).putShort((short) length);
        target.put((byte) type).put((byte) flags).putInt(stream);
    }
}
