/**
 * What the doors share: ways in that speak the protocols of others, each a small ingress on the
 * same intake.
 *
 * <p><b>What.</b> A {@link io.penstock.gateway.door.DoorRequest} is one request in the words of its
 * protocol: it takes a body apart into {@link io.penstock.gateway.door.Part}s, one batch for one
 * repo each, and answers. {@link io.penstock.gateway.door.DoorDialect} carries it through {@code
 * gateway.http}; {@link io.penstock.gateway.door.RepoNames} finds the repo of a protocol's word.
 * The protocols themselves are the packages below.
 *
 * <p><b>Flow.</b> Headers → a {@code DoorRequest} → body, unpacked → parts → one offer each, one
 * after the other → one answer that tells each part's fate. Bodies are made into encodings that
 * every sink knows, at the door and not at the sink: what a request says beside its body (an index
 * in the path, a precision in the query) is needed to read it, and these protocols let a part of a
 * request be refused, so that what is staged is not what came anyway.
 *
 * <p><b>Threads.</b> Bodies are read on the worker threads of the lane; all else is confined to its
 * event loop.
 *
 * <p><b>Limits.</b> {@link io.penstock.gateway.door.DoorDialect#MAX_PARTS} parts a request; bodies
 * as on the data port ({@code max_batch_bytes}, {@code max_inflated_bytes}); what is made of them
 * is counted in the node's budget, at most twice a body.
 */
@NullMarked
package io.penstock.gateway.door;

import org.jspecify.annotations.NullMarked;
