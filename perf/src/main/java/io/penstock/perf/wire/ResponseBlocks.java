package io.penstock.perf.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * Decodes header blocks of one connection. After a few responses a server sends the same blocks of
 * indexed fields over and over; those do not change the decoder's table, so the last few are
 * remembered with their meaning and compared instead of decoded.
 */
final class ResponseBlocks {
    private static final int REMEMBERED = 4;
    private static final int LONGEST_REMEMBERED = 32;
    private static final int INDEXED = 0x80;

    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final byte[][] blocks = new byte[REMEMBERED][];
    private final ResponseHead[] meanings = new ResponseHead[REMEMBERED];
    private int next;

    ResponseBlocks() {
        forget();
    }

    /** Decodes the next {@code length} bytes of a buffer into a response; moves the position. */
    void decode(ByteBuffer in, int length, ResponseHead into) throws IOException {
        for (int i = 0; i < REMEMBERED; i++) {
            if (matches(blocks[i], in, length)) {
                in.position(in.position() + length);
                into.merge(meanings[i]);
                return;
            }
        }
        byte[] block = new byte[length];
        in.get(block);
        ResponseHead meaning = new ResponseHead();
        ByteBuf wrapped = Unpooled.wrappedBuffer(block);
        try {
            Http2Headers headers = decoder.decodeHeaders(1, wrapped);
            for (Map.Entry<CharSequence, CharSequence> header : headers) {
                meaning.header(header.getKey().toString(), header.getValue().toString());
            }
        } catch (Http2Exception e) {
            throw new IOException("a header block that does not decode", e);
        }
        remember(block, meaning);
        into.merge(meaning);
    }

    private void remember(byte[] block, ResponseHead meaning) {
        boolean onlyIndexed = block.length <= LONGEST_REMEMBERED;
        for (byte field : block) {
            onlyIndexed &= (field & INDEXED) != 0;
        }
        if (!onlyIndexed) {
            forget(); // the table may have moved: the same bytes may now mean something else
            return;
        }
        blocks[next] = block;
        meanings[next] = meaning;
        next = (next + 1) % REMEMBERED;
    }

    private void forget() {
        Arrays.fill(blocks, new byte[0]);
        Arrays.fill(meanings, new ResponseHead());
    }

    private static boolean matches(byte[] block, ByteBuffer in, int length) {
        if (block.length != length || length == 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (in.get(in.position() + i) != block[i]) {
                return false;
            }
        }
        return true;
    }
}
