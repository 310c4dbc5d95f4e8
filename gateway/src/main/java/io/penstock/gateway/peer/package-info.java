/**
 * Deliveries between nodes: {@code penstock.peer.v1.PeerService}, both ends of it.
 *
 * <p><b>What.</b> {@link io.penstock.gateway.peer.PeerLinks} hands deliveries to other nodes, over
 * one HTTP/2 connection and one gRPC stream to each; {@link io.penstock.gateway.peer.PeerServer}
 * takes them on a port of its own. Which node owns what comes from an {@link
 * io.penstock.gateway.peer.Owners}; nothing here knows of clusters.
 *
 * <p><b>Flow.</b> Out: a delivery is encoded on the context of its export, copied once, and written
 * on the event loop of the links. In: chunks are cut into messages as on the data port ({@link
 * io.penstock.gateway.grpc.GrpcFramer}), a message is copied together once, and its pieces are read
 * where they lie. Answers carry the number of their request and come as the deliveries are settled.
 *
 * <p><b>When an answer does not come.</b> The connection broke, or the table does not name the node
 * any more, looked at every {@value io.penstock.gateway.peer.PeerLinks#LOOK_MS} ms: then the
 * delivery counts as put off, by nobody's fault, and is offered again under the same id. An answer
 * that comes later is passed over.
 *
 * <p><b>Threads.</b> All links on one event loop; the port on as many as there are cores. Nothing
 * blocks.
 *
 * <p><b>Limits.</b> Bytes handed over and not answered, over all nodes; size of a message; time to
 * connect. A message that comes is read whole before anybody asks whether there is room for it:
 * what is held beyond {@code cluster.forward_max_bytes} is one message per node. Whoever does not
 * read its answers is not read from.
 */
@NullMarked
package io.penstock.gateway.peer;

import org.jspecify.annotations.NullMarked;
