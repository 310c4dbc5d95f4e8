package io.penstock.gateway.receipt;

import io.penstock.gateway.access.AdminDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * A batch that another node is to be asked for, and what whoever asks came with.
 *
 * <p>Threading: immutable.
 *
 * @param node that staged it
 * @param waitMs until all of it is settled
 * @param authorization the header of that name; empty for none
 * @param from whom it comes from, for the other node to judge: empty for somebody on this machine
 * @param passedOn whether a node asks already
 */
record Question(
        ReceiptId id,
        String node,
        long waitMs,
        String authorization,
        String from,
        boolean passedOn) {

    /** What a request asks; on its event loop. */
    static Question of(HttpServerRequest request, ReceiptId id, String node, long waitMs) {
        String shown = request.getHeader("Authorization");
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        String from = address == null ? "unknown" : address;
        return new Question(
                id,
                node,
                waitMs,
                shown == null ? "" : shown,
                AdminDoor.isHere(request) ? "" : from,
                request.headers().contains(AdminDoor.PASSED_ON));
    }

    /** Without waiting. */
    Question now() {
        return new Question(id, node, 0, authorization, from, passedOn);
    }
}
