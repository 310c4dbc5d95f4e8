package io.penstock.perf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ResponseBlocksTest {
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final ResponseBlocks blocks = new ResponseBlocks();

    @Test
    void rememberedBlocksFollowTheTableOfTheServer() throws Exception {
        for (int i = 0; i < 200; i++) {
            boolean refused = i % 7 == 3;
            ResponseHead head = new ResponseHead();
            decode(head, new DefaultHttp2Headers().status("200").set("x-turn", "turn" + i % 5));
            decode(head, new DefaultHttp2Headers().set("grpc-status", refused ? "14" : "0"));

            Answer.Kind expected = refused ? Answer.Kind.REFUSED : Answer.Kind.TAKEN;
            assertThat(head.answer(true).kind()).as("response %d", i).isEqualTo(expected);
        }
    }

    @Test
    void theSameBytesMeanSomethingElseWhenTheTableHasMoved() throws Exception {
        for (int status : new int[] {429, 429, 429, 507, 507, 507, 503, 503}) {
            ResponseHead head = new ResponseHead();

            decode(head, new DefaultHttp2Headers().status(Integer.toString(status)));

            // each status is the newest entry of the table when it comes again: one and the same
            // byte
            Answer.Kind expected = status == 507 ? Answer.Kind.FAILED : Answer.Kind.REFUSED;
            assertThat(head.answer(false).kind()).as("status %d", status).isEqualTo(expected);
        }
    }

    @Test
    void readsTheHintOfAFullServer() throws Exception {
        // google.rpc.Status{code 8, details [Any{RetryInfo{retry_delay{2 s, 500 ms}}}]}
        byte[] delay = {0x08, 2, 0x10, (byte) 0x80, (byte) 0xca, (byte) 0xb5, (byte) 0xee, 0x01};
        ByteBuffer status = ByteBuffer.allocate(64);
        status.put(new byte[] {0x08, 8, 0x1a, (byte) (delay.length + 7), 0x0a, 1, 'x'});
        status.put(new byte[] {0x12, (byte) (delay.length + 2), 0x0a, (byte) delay.length});
        status.put(delay);
        byte[] details = Arrays.copyOf(status.array(), status.position());
        ResponseHead head = new ResponseHead();
        Http2Headers headers = new DefaultHttp2Headers().status("200").set("grpc-status", "8");
        headers.set("grpc-status-details-bin", Base64.getEncoder().encodeToString(details));

        decode(head, headers);

        assertThat(head.answer(true)).isEqualTo(Answer.refused(2500, ""));
    }

    @Test
    void aLimitWithoutHintIsAFailure() throws Exception {
        ResponseHead head = new ResponseHead();

        decode(head, new DefaultHttp2Headers().status("200").set("grpc-status", "8"));

        assertThat(head.answer(true).kind()).isEqualTo(Answer.Kind.FAILED);
    }

    private void decode(ResponseHead into, Http2Headers headers) throws Exception {
        ByteBuf encoded = Unpooled.buffer();
        encoder.encodeHeaders(1, headers, encoded);
        ByteBuffer in = encoded.nioBuffer();
        blocks.decode(in, in.remaining(), into);
        assertThat(in.hasRemaining()).isFalse();
        encoded.release();
    }
}
