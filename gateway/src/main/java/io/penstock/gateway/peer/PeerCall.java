package io.penstock.gateway.peer;

import io.penstock.exporter.relay.ForwardedExports;
import io.penstock.exporter.relay.RemoteDelivery;
import io.penstock.exporter.sink.Outcome;
import io.penstock.proto.peer.v1.DeliverRequest;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one other node. Ends with it; deliveries that are with a sink then go on, and
 * nobody hears what becomes of them.
 *
 * <p>Threading: confined to its event loop, but for {@link #over}.
 */
final class PeerCall {
    private static final Logger LOG = LoggerFactory.getLogger(PeerCall.class);
    private static final long CANCEL = 8;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ForwardedExports exports;
    private final Owners owners;
    private final Context context;
    private final Messages messages = new Messages(PeerServer.MAX_MESSAGE_BYTES, this::message);
    private volatile boolean over;

    PeerCall(HttpServerRequest request, ForwardedExports exports, Owners owners, Context context) {
        this.request = request;
        this.response = request.response();
        this.exports = exports;
        this.owners = owners;
        this.context = context;
    }

    void begin() {
        response.putHeader("content-type", PeerLink.CONTENT_TYPE);
        response.writeHead();
        response.closeHandler(gone -> over = true);
        response.exceptionHandler(fault -> over = true);
        request.exceptionHandler(fault -> over = true);
        request.handler(this::chunk);
        request.endHandler(ended -> end());
    }

    private void end() {
        if (!over) {
            over = true;
            response.putTrailer("grpc-status", "0").end();
        }
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        String fault = messages.take(chunk);
        if (!fault.isEmpty()) {
            breakOff(fault);
        }
    }

    private void breakOff(String why) {
        if (!over) {
            LOG.warn("what {} sends is no delivery: {}", request.remoteAddress(), why);
            over = true;
            response.reset(CANCEL);
        }
    }

    private void message(byte[] bytes) {
        DeliverRequest message;
        RemoteDelivery delivery;
        try {
            message = PeerRequests.parse(bytes);
        } catch (IOException garbage) {
            breakOff(String.valueOf(garbage.getMessage()));
            return;
        }
        long number = message.getNumber();
        try {
            delivery = PeerRequests.delivery(message);
        } catch (IllegalArgumentException unusable) {
            answer(
                    number,
                    new Outcome.Retry(
                            Outcome.Retry.BACK_OFF,
                            "the owner cannot read the delivery: " + unusable.getMessage()));
            return;
        }
        exports.offer(delivery, bytes.length, () -> !over)
                .onComplete(
                        done -> context.runOnContext(v -> answer(number, outcome(done.result()))));
    }

    @SuppressWarnings("ConstantValue") // a defect must not leave the sender without an answer
    private static Outcome outcome(Outcome found) {
        return found == null
                ? new Outcome.Retry(Outcome.Retry.BACK_OFF, "the owner failed")
                : found;
    }

    private void answer(long number, Outcome outcome) {
        if (over) {
            return;
        }
        response.write(PeerResponses.encode(number, outcome, owners.version()));
        if (response.writeQueueFull()) {
            // whoever does not read its answers gets no more of them
            request.pause();
            response.drainHandler(read -> request.resume());
        }
    }
}
