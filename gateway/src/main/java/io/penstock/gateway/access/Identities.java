package io.penstock.gateway.access;

import io.penstock.gateway.tls.PeerIdentity;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** Says whom the TLS of a connection has verified. */
@FunctionalInterface
public interface Identities {
    /** Nobody ever. */
    Identities NONE = connection -> null;

    /** By the certificate that the connection's TLS has verified. */
    Identities BY_TLS = PeerIdentity::of;

    /** Who the client proved to be, or null where it showed nothing that was verified. */
    @Nullable PeerIdentity of(HttpConnection connection);
}
