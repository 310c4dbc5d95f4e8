package io.penstock.perf.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.penstock.proto.ingest.v1.AckLevel;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class HpackTest {
    private static final Target TARGET =
            new Target("127.0.0.1", 4400, "web", AckLevel.ACK_LEVEL_STAGED);

    @Test
    void taughtHeadersMeanWhatTheTeachingOnesMeant() throws Exception {
        Http2Form form = Http2Form.grpc(TARGET, 1, new Batch(new byte[1], 1));
        DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

        Http2Headers first = decode(decoder, form.common().teaching());
        Http2Headers later = decode(decoder, form.common().taught());

        assertThat(first.path()).hasToString("/penstock.ingest.v1.IngestService/Push");
        assertThat(first.method()).hasToString("POST");
        assertThat(first.get("te")).hasToString("trailers");
        assertThat(later).isEqualTo(first);
    }

    @Test
    void passingHeadersLeaveTheTableAlone() throws Exception {
        Http2Form form = Http2Form.post(TARGET, 0xbeef, new Batch(new byte[77], 1));
        DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
        decode(decoder, join(form.common().teaching(), form.own()));

        Http2Headers later = decode(decoder, join(form.common().taught(), form.own()));

        assertThat(later.path()).hasToString("/v1/repos/web/batches");
        assertThat(later.get("content-length")).hasToString("77");
        assertThat(later.get("penstock-producer")).hasToString("000000000000beef");
        assertThat(later.get("penstock-ack")).hasToString("staged");
    }

    private static Http2Headers decode(DefaultHttp2HeadersDecoder decoder, byte[] block)
            throws Exception {
        return decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block));
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
