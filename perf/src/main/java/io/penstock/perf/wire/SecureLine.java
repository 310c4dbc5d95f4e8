package io.penstock.perf.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS over a socket, by OpenSSL where it loads, so that the loader is the cheaper end whatever the
 * server computes with. Takes any certificate: it measures, and talks to a child on loopback.
 */
final class SecureLine implements Line {
    private static final int OUT_BYTES = 256 << 10;
    private static final SslContext HTTP2 = context("h2");
    private static final SslContext HTTP1 = context("http/1.1");
    private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final int recordBytes;
    private final ByteBuffer in;
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);

    private SecureLine(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        this.recordBytes = engine.getSession().getPacketBufferSize();
        this.in = ByteBuffer.allocateDirect(recordBytes);
        out.flip();
    }

    private static SslContext context(String protocol) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .applicationProtocolConfig(
                            new ApplicationProtocolConfig(
                                    Protocol.ALPN,
                                    SelectorFailureBehavior.NO_ADVERTISE,
                                    SelectedListenerFailureBehavior.ACCEPT,
                                    protocol))
                    .build();
        } catch (SSLException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Shakes hands over a channel that is connected and blocks. */
    static SecureLine open(SocketChannel channel, boolean http2) throws IOException {
        SSLEngine engine = (http2 ? HTTP2 : HTTP1).newEngine(ByteBufAllocator.DEFAULT);
        SecureLine line = new SecureLine(channel, engine);
        line.handshake();
        return line;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        ByteBuffer none = ByteBuffer.allocate(recordBytes);
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    wrap(NOTHING, 1);
                    flush();
                }
                default -> {
                    if (unwrap(none) == Status.BUFFER_UNDERFLOW && fill() < 0) {
                        throw new EOFException("the server ended the handshake");
                    }
                }
            }
            status = engine.getHandshakeStatus();
        }
        flush();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private int fill() throws IOException {
        return channel.read(in);
    }

    private Status unwrap(ByteBuffer into) throws IOException {
        in.flip();
        SSLEngineResult result = engine.unwrap(in, into);
        in.compact();
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        return result.getStatus();
    }

    private int wrap(ByteBuffer[] from, int count) throws IOException {
        out.compact();
        SSLEngineResult result = engine.wrap(from, 0, count, out);
        out.flip();
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("the server closed the connection");
        }
        return result.bytesConsumed();
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        int got = fill();
        Status status = Status.OK;
        while (status == Status.OK && in.position() > 0) {
            status = unwrap(into);
        }
        if (status == Status.BUFFER_OVERFLOW) {
            throw new IOException("an answer is longer than there is room for it");
        }
        boolean over = got < 0 || status == Status.CLOSED;
        return into.position() == before && over ? -1 : into.position() - before;
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        long taken = 0;
        long wanted = 0;
        for (int i = 0; i < count; i++) {
            wanted += from[i].remaining();
        }
        while (taken < wanted && OUT_BYTES - out.remaining() >= recordBytes) {
            taken += wrap(from, count);
        }
        return taken;
    }

    @Override
    public boolean keepsNothing() {
        return false;
    }

    @Override
    public boolean flush() throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
        }
        return out.hasRemaining();
    }
}
