package io.penstock.gateway.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.penstock.exporter.relay.Away;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Peer;
import io.penstock.exporter.relay.RelayCounters;
import io.penstock.exporter.sink.Outcome;
import io.penstock.proto.peer.v1.DeliverResponse;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one other node: a connection and a stream over it, made when there is something to
 * send, and made anew after it broke.
 *
 * <p>Threading: confined to the event loop of the links.
 */
final class PeerLink {
    static final String PATH = "/penstock.peer.v1.PeerService/Deliver";
    static final String CONTENT_TYPE = "application/grpc";

    /** After a failure nothing is tried for so long: whoever sends hears at once. */
    static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** An answer names at most each record of a delivery, in a few bytes. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final int HTTP_OK = 200;
    private static final long CANCEL = 8;
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final Peer peer;
    private final HttpClient client;
    private final RelayCounters counters;
    private final PeerSecret secret;

    /** Sent or waiting for the stream to open, by number. */
    private final Map<Long, Sent> pending = new LinkedHashMap<>();

    /** It was said already. */
    private boolean refused;

    private @Nullable Stream stream;
    private long restUntilNs = System.nanoTime();
    private long usedNs = System.nanoTime();

    /** A delivery that waits for its answer. */
    static final class Sent {
        private final long number;
        private final ExportName export;
        private final Promise<Outcome> answer;
        private @Nullable Buffer message;
        private boolean doubted;

        Sent(long number, ExportName export, Buffer message, Promise<Outcome> answer) {
            this.number = number;
            this.export = export;
            this.message = message;
            this.answer = answer;
        }
    }

    PeerLink(Peer peer, HttpClient client, RelayCounters counters, PeerSecret secret) {
        this.secret = secret;
        this.peer = peer;
        this.client = client;
        this.counters = counters;
    }

    void send(Sent sent) {
        usedNs = System.nanoTime();
        if (stream == null && usedNs - restUntilNs < 0) {
            counters.answered(true);
            sent.answer.complete(Away.of("node " + peer.node() + " cannot be reached"));
            return;
        }
        pending.put(sent.number, sent);
        Stream now = stream;
        if (now == null) {
            stream = new Stream();
            stream.open();
        } else {
            now.write(sent);
        }
    }

    /** Takes back what was sent to a node that does not have the export any more. */
    void look(Owners owners) {
        for (Sent sent : List.copyOf(pending.values())) {
            if (owners.isWith(sent.export, peer.node())) {
                sent.doubted = false;
            } else if (sent.doubted) {
                pending.remove(sent.number);
                lost(sent, "node " + peer.node() + " has lost the export");
            } else {
                // its answer may be on the way: it was sent before the node said that it stopped
                sent.doubted = true;
            }
        }
    }

    boolean isUnused(long forNs, long nowNs) {
        return pending.isEmpty() && nowNs - usedNs >= forNs;
    }

    void close() {
        Stream last = stream;
        if (last != null) {
            last.broken("the link is closed");
        }
    }

    private void lost(Sent sent, String why) {
        counters.answered(true);
        sent.answer.tryComplete(Away.of(why));
    }

    private void answered(byte[] message) {
        DeliverResponse response;
        try {
            response = DeliverResponse.parseFrom(message);
        } catch (InvalidProtocolBufferException garbage) {
            close();
            return;
        }
        Sent sent = pending.remove(response.getNumber());
        if (sent != null) {
            counters.answered(false);
            sent.answer.tryComplete(PeerResponses.outcome(response));
        }
    }

    /** One stream, from the attempt to open it until it breaks. */
    private final class Stream {
        private final Messages messages = new Messages(MAX_ANSWER_BYTES, PeerLink.this::answered);
        private @Nullable HttpClientRequest request;

        void open() {
            SocketAddress server = PeerLinks.address(peer.address());
            RequestOptions options =
                    new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setHost(server.host())
                            .setPort(server.port())
                            .setURI(PATH)
                            .putHeader("content-type", CONTENT_TYPE)
                            .putHeader("te", "trailers");
            if (!secret.header().isEmpty()) {
                options.putHeader(PeerSecret.HEADER, secret.header());
            }
            client.request(options).onComplete(this::opened);
        }

        private void opened(@Nullable HttpClientRequest made, @Nullable Throwable fault) {
            if (made == null) {
                broken("cannot be reached: " + fault);
                return;
            }
            if (stream != this) {
                made.reset(CANCEL);
                return;
            }
            request = made;
            made.setChunked(true);
            made.exceptionHandler(broke -> broken(String.valueOf(broke)));
            made.response()
                    .onComplete(
                            (response, broke) -> {
                                if (response == null) {
                                    broken(String.valueOf(broke));
                                } else {
                                    listen(response);
                                }
                            });
            made.sendHead();
            new ArrayList<>(pending.values()).forEach(this::write);
        }

        private void listen(HttpClientResponse response) {
            response.exceptionHandler(broke -> broken(String.valueOf(broke)));
            response.endHandler(end -> broken("the stream has ended"));
            boolean stranger = response.statusCode() == PeerServer.UNAUTHENTICATED;
            if (stranger && !refused) {
                LOG.warn("node {} has another cluster.forward_key than this one", peer.node());
            }
            refused = stranger;
            if (response.statusCode() != HTTP_OK) {
                broken("answers HTTP " + response.statusCode());
                return;
            }
            response.handler(
                    chunk -> {
                        String fault = messages.take(chunk);
                        if (!fault.isEmpty()) {
                            broken(fault);
                        }
                    });
        }

        void write(Sent sent) {
            HttpClientRequest open = request;
            Buffer message = sent.message;
            if (open != null && message != null) {
                sent.message = null;
                open.write(message);
            }
        }

        void broken(String why) {
            if (stream != this) {
                return;
            }
            stream = null;
            restUntilNs = System.nanoTime() + REST_NS;
            LOG.debug("the way to node {} at {}: {}", peer.node(), peer.address(), why);
            if (request != null) {
                request.reset(CANCEL);
            }
            List<Sent> open = List.copyOf(pending.values());
            pending.clear();
            open.forEach(sent -> lost(sent, "the way to node " + peer.node() + " broke"));
        }
    }
}
