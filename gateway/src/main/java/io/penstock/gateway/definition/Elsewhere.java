package io.penstock.gateway.definition;

import io.vertx.core.Future;

/** What other nodes have of an export. */
@FunctionalInterface
public interface Elsewhere {
    /** There are no others. */
    Elsewhere NOWHERE = key -> Future.succeededFuture(Loss.NOTHING);

    /** What they would give up with it, as they said last. */
    Future<Loss> losing(ExportKey key);
}
