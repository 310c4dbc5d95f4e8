package io.penstock.gateway.guard;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells a watch where requests and answers of HTTP/1.1 begin and end; stands between codec and
 * server. The last answer of an old connection says that it is closed.
 */
final class HeadWatch extends ChannelDuplexHandler {
    private final ConnectionWatch watch;

    HeadWatch(ConnectionWatch watch) {
        this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            watch.head();
        }
        if (message instanceof LastHttpContent) {
            watch.whole();
        }
        context.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which whoever writes holds
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse answer) {
            if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                context.write(message, promise);
                return;
            }
            if (watch.retired()) {
                answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
        if (!(message instanceof LastHttpContent)) {
            context.write(message, promise);
            return;
        }
        watch.answered();
        ChannelPromise written = promise.unvoid();
        if (watch.retired()) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        context.write(message, written);
    }
}
